using System.CommandLine;
using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Server.Configuration;

namespace Ballast.Server.Commands;

/// <summary>
/// The program's commands. Settings (<c>--Ballast:Symbol=…</c>) may stand anywhere among them and are taken out first; without a command the
/// server starts.
/// </summary>
internal sealed class ProgramCommands(WebApplicationBuilder builder, TimeProvider clock, Func<Task<int>> serve)
{
    private readonly IConfiguration configuration = builder.Configuration;

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
            starting.SetAction((_, _) => serve());
        var tick = new TickCommand(builder, clock).Command();
        root.Subcommands.Add(server);
        root.Subcommands.Add(tick);
        root.Subcommands.Add(new HealthCommand(configuration).Command());
        root.Subcommands.Add(new BooksCommands(WithStoreAsync).Command());
        foreach (var command in new TradingCommands(WithStoreAsync).Commands())
            root.Subcommands.Add(command);
        root.Subcommands.Add(new OperatorCommands(configuration, clock, WithStoreAsync).Command());
        root.Subcommands.Add(new ExportCommand(WithStoreAsync).Command());
        root.Subcommands.Add(new PaperCommands(configuration, clock).Command());

        var parsed = root.Parse(words);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(Endings(parsed.CommandResult.Command == tick));
        foreach (var error in parsed.Errors)
            await Console.Error.WriteLineAsync($"ballast: {error.Message}");
        await Console.Error.WriteLineAsync("Start it without arguments, with settings such as --Ballast:Policy:TargetRatio=0.6, or see: ballast --help");
        return ExitCode.Usage;
    }

    /// <summary>Told to stop, a command is given the two seconds that are usual, and a tick the time that it takes.</summary>
    private static InvocationConfiguration Endings(bool tick)
    {
        var usual = new InvocationConfiguration();
        if (tick)
            usual.ProcessTerminationTimeout = TickCommand.LongestEnd;
        return usual;
    }

    /// <summary>Runs a command on the store and turns what can go wrong with it into a sentence and an exit code.</summary>
    private async Task<int> WithStoreAsync(Func<StoreSession, Task<int>> command)
    {
        if (!Settings.LoadStore(configuration, out var symbol, out var store, out var mistakes))
        {
            foreach (var mistake in mistakes)
                await Console.Error.WriteLineAsync($"ballast: {mistake}");
            return ExitCode.Configuration;
        }
        try
        {
            await using var session = StoreSession.Open(symbol, store, clock);
            return await command(session);
        }
        catch (StoreUnavailableException outage)
        {
            await Console.Error.WriteLineAsync($"ballast: the store cannot be used: {outage.Message}");
            return ExitCode.Unavailable;
        }
        catch (Exception taken) when (taken is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"ballast: {taken.Message}");
            return ExitCode.Unavailable;
        }
    }
}
