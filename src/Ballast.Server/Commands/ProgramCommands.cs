using System.CommandLine;
using Ballast.Core.Ticks;
using Ballast.Server.Configuration;
using Ballast.Server.Store;

namespace Ballast.Server.Commands;

/// <summary>
/// The program's commands. Settings (<c>--Ballast:Symbol=…</c>) may stand anywhere among them and are taken out first; without a command the
/// server starts.
/// </summary>
internal sealed class ProgramCommands(WebApplicationBuilder builder, TimeProvider clock, Func<CommandOutput?, Task<int>> serve)
{
    /// <summary>Newer ticks are the ones that are asked about.</summary>
    private const int MostSuggested = 20;

    private readonly IConfiguration configuration = builder.Configuration;
    private readonly CommandOutput output = new();

    /// <summary>Whether an argument is a setting and not part of a command: it has a value, and a name that settings have.</summary>
    public static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal)
        && argument.Split('=', 2) is [var name, _]
        && (name.Contains(':', StringComparison.Ordinal) || char.IsAsciiLetterUpper(name[^1]) || name is "--environment" or "--contentRoot" or "--urls");

    public async Task<int> RunAsync(string[] words)
    {
        var root = new RootCommand("Keeps a crypto portfolio at a target split. Without a command it starts the server.");
        var server = new Command("serve", "Start the server (the same as no command at all).");
        foreach (var starting in (Command[])[root, server])
            starting.SetAction((_, _) => serve(output));
        var tick = new TickCommand(builder, clock, output).Command();
        root.Subcommands.Add(server);
        root.Subcommands.Add(tick);
        root.Subcommands.Add(new PlanCommand(builder, clock, output).Command());
        root.Subcommands.Add(new ExplainCommand(WithStoreAsync, output, RecentTicks).Command());
        root.Subcommands.Add(new ReplayCommand(WithStoreAsync, output, clock).Command());
        foreach (var command in new TradingCommands(WithStoreAsync, output).Commands())
            root.Subcommands.Add(command);
        root.Subcommands.Add(new BooksCommands(WithStoreAsync, output, clock).Command());
        root.Subcommands.Add(new ExportCommand(WithStoreAsync, output, clock).Command());
        root.Subcommands.Add(new PaperCommands(configuration, clock, output).Command());
        root.Subcommands.Add(new HealthCommand(configuration, output).Command());
        root.Subcommands.Add(new DoctorCommand(builder, clock, output).Command());
        root.Subcommands.Add(new OperatorCommands(configuration, clock, WithStoreAsync, output).Command());
        root.Subcommands.Add(new NotifyCommand(configuration, builder.Environment.EnvironmentName, clock, output).Command());
        root.Subcommands.Add(new VersionCommand(output).Command());
        root.Subcommands.Add(new CompletionCommand(output).Command());
        root.Options.Add(new Option<bool>(CommandOutput.JsonOption) { Description = "Answer as one JSON document, errors too.", Recursive = true });
        CommandHelp.AddTo(root);

        var parsed = root.Parse(words);
        output.Json = words.TakeWhile(word => word != "--").Contains(CommandOutput.JsonOption);
        // A shell asks what may come next about words that are not complete yet.
        if (parsed.Errors.Count == 0 || words[0].StartsWith("[suggest", StringComparison.Ordinal))
            return await InvokeAsync(parsed, parsed.CommandResult.Command == tick);
        output.Refuse(Spelling.Complaints(parsed), ExitCode.Usage);
        await Console.Error.WriteLineAsync(
            $"Start it without arguments, with settings such as --Ballast:Policy:TargetRatio=0.6, or see: {HelpOf(parsed.CommandResult.Command)}");
        return ExitCode.Usage;
    }

    private static string HelpOf(Command command) => $"ballast {CommandHelp.PathOf(command)}".TrimEnd() + " --help";

    /// <summary>Told to stop, a command is given the two seconds that are usual, and a tick the time that it takes.</summary>
    private async Task<int> InvokeAsync(ParseResult parsed, bool tick)
    {
        var usual = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
        if (tick)
            usual.ProcessTerminationTimeout = TickCommand.LongestEnd;
        try
        {
            return await parsed.InvokeAsync(usual);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception fault)
        {
            await Console.Error.WriteLineAsync(fault.ToString());
            return output.Refuse($"a fault in the program: {fault.Message}", ExitCode.Fault);
        }
    }

    /// <summary>Runs a command on the store and turns what can go wrong with it into a sentence and an exit code.</summary>
    private async Task<int> WithStoreAsync(Func<StoreSession, Task<int>> command)
    {
        if (!Settings.LoadStore(configuration, out var symbol, out var store, out var mistakes))
            return output.Refuse(mistakes, ExitCode.Configuration);
        try
        {
            await using var session = StoreSession.Open(symbol, store, clock);
            return await command(session);
        }
        catch (StoreUnavailableException outage)
        {
            return output.Refuse($"the store cannot be used: {outage.Message}", ExitCode.Unavailable);
        }
        catch (Exception taken) when (taken is IOException or UnauthorizedAccessException)
        {
            return output.Refuse(taken.Message, ExitCode.Unavailable);
        }
    }

    /// <summary>For completion. Only from a store that is up already: starting one to press a key is too dear. No names are as good as an error here.</summary>
    private IEnumerable<string> RecentTicks()
    {
        if (!Settings.LoadStore(configuration, out var symbol, out var store, out _) || (store.Redis is null && !EmbeddedStore.IsInUse(store.DataDirectory)))
            return [];
        // The library asks for completions without waiting for anything.
        return Task.Run(() => RecentTicksAsync(symbol, store)).GetAwaiter().GetResult();
    }

    private async Task<IReadOnlyList<string>> RecentTicksAsync(Core.Symbol symbol, StoreSettings store)
    {
        var ticks = new List<string>();
        try
        {
            await using var session = StoreSession.Open(symbol, store, clock);
            await foreach (var row in session.Archive.PlansAsync(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue))
            {
                if (row.TryGet(out var plan, out _))
                    ticks.Add(plan.Tick);
                if (ticks.Count == MostSuggested)
                    break;
            }
        }
        catch (Exception outage) when (outage is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            ticks.Clear();
        }
        return ticks;
    }
}
