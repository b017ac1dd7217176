using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Ballast.Server.Commands;

/// <summary>The library's help, with an example of each command below it, and the exit codes below the whole.</summary>
internal sealed class CommandHelp(HelpAction usual) : SynchronousCommandLineAction
{
    private const string Codes = """
        Settings, such as --Ballast:Policy:TargetRatio=0.6, may stand anywhere among the words.

        Exit codes:
          0   done
          1   the answer is no: a refusal, a tick that did not succeed, nothing found
          64  the command line is not understood
          69  the store, the exchange, a port, a file or a directory cannot be had
          70  a fault in the program
          78  a mistake in the configuration
          130 interrupted

        """;

    /// <summary>A command's path without the program's name, and an example without it; docs/commands.md shows what each prints.</summary>
    public static readonly IReadOnlyDictionary<string, string> Examples = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [""] = "status",
        ["serve"] = "serve --Ballast:Schedule:EveryMinutes=30",
        ["tick"] = "tick --json",
        ["plan"] = "plan",
        ["explain"] = "explain latest",
        ["replay"] = "replay --from 2026-01-01 --threshold 20%",
        ["status"] = "status",
        ["halt"] = "halt \"on holiday\"",
        ["resume"] = "resume \"back again\"",
        ["mode"] = "mode observe --reason \"watching\"",
        ["approve"] = "approve",
        ["reject"] = "reject \"not today\"",
        ["books"] = "books show",
        ["books show"] = "books show",
        ["books profit"] = "books profit",
        ["books verify"] = "books verify",
        ["books rebuild"] = "books rebuild",
        ["books resolve"] = "books resolve --as transfer --reason \"moved in from my wallet\" --asset QRL --amount 5 --cost 0.05",
        ["export"] = "export trades --from 2026-01-01",
        ["export trades"] = "export trades --format csv --from 2026-01-01",
        ["export journal"] = "export journal --format csv",
        ["export equity"] = "export equity --format csv",
        ["paper"] = "paper --Ballast:Paper:Admin=true",
        ["paper fault"] = "paper fault server-error 503 --calls account --count 1",
        ["paper faults"] = "paper faults",
        ["paper clear"] = "paper clear server-error",
        ["paper deposit"] = "paper deposit QRL 100",
        ["paper withdraw"] = "paper withdraw USDT 5",
        ["health"] = "health",
        ["doctor"] = "doctor",
        ["notify"] = "notify test --channel ntfy",
        ["notify test"] = "notify test --channel ntfy",
        ["operator"] = "operator sign-out-all",
        ["operator set-password"] = "operator set-password --reader",
        ["operator remove-password"] = "operator remove-password --reader",
        ["operator hash-password"] = "operator hash-password",
        ["operator sign-out-all"] = "operator sign-out-all",
        ["operator link"] = "operator link",
        ["version"] = "version",
        ["completion"] = "completion bash",
    };

    /// <summary>Whoever asks for help has not finished typing.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var done = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var path = PathOf(parseResult.CommandResult.Command);
        if (Examples.TryGetValue(path, out var example))
        {
            output.WriteLine("Example:");
            output.WriteLine($"  ballast {example}");
            output.WriteLine();
        }
        if (path.Length == 0)
            output.Write(Codes);
        return done;
    }

    public static void AddTo(RootCommand root)
    {
        if (root.Options.OfType<HelpOption>().FirstOrDefault() is { Action: HelpAction usual } help)
        {
            help.Action = new CommandHelp(usual);
            // A path begins like these.
            help.Aliases.Remove("/?");
            help.Aliases.Remove("/h");
        }
    }

    /// <summary>Its name and those above it, without the program's.</summary>
    internal static string PathOf(Command command) =>
        command is RootCommand ? ""
        : command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}".TrimStart()
        : command.Name;
}
