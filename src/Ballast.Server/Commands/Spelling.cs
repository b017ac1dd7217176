using System.CommandLine;
using System.CommandLine.Parsing;
using Ballast.Server.Configuration;

namespace Ballast.Server.Commands;

/// <summary>What is wrong with a command line, and what was probably meant.</summary>
internal static class Spelling
{
    /// <summary>Shorter beginnings of a word can mean anything.</summary>
    private const int LeastBeginning = 3;

    /// <summary>A sentence for each mistake.</summary>
    public static IReadOnlyList<string> Complaints(ParseResult parsed)
    {
        // What is missing besides may be what was mistyped.
        var mistyped = parsed.Errors.Where(error => Unknown(error, parsed) is not null).ToList();
        var errors = mistyped.Count > 0 ? mistyped : [.. parsed.Errors];
        return [.. errors.Select(error => Complaint(error, parsed)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The known word that is meant by one with a few typing errors, or by a beginning that only it has; null when there is none.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        var words = known.Distinct(StringComparer.Ordinal).ToList();
        var (best, errors) = words.Select(other => (other, SettingName.TypingErrors(word, other))).OrderBy(pair => pair.Item2).FirstOrDefault();
        if (best is not null && errors <= (word.Length <= 3 ? 1 : word.Length <= 8 ? 2 : 3))
            return best;
        var beginning = word.Length >= LeastBeginning ? words.FindAll(other => other.StartsWith(word, StringComparison.Ordinal)) : [];
        return beginning is [var only] ? only : null;
    }

    private static string Complaint(ParseError error, ParseResult parsed)
    {
        var sentence = error.Message.TrimEnd('.');
        return Meant(error, parsed) is { } meant ? $"{sentence}; did you mean {meant}?" : sentence;
    }

    private static string? Meant(ParseError error, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (Unknown(error, parsed) is { } unknown)
            return Nearest(unknown, unknown.StartsWith('-') ? OptionsOf(command) : command.Subcommands.Select(below => below.Name));
        return error.SymbolResult is ArgumentResult { Tokens: [.., var wrong], Argument: var argument }
            ? Nearest(wrong.Value, argument.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(item => item.Label))
            : null;
    }

    private static string? Unknown(ParseError error, ParseResult parsed) =>
        parsed.UnmatchedTokens.FirstOrDefault(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal));

    private static IEnumerable<string> OptionsOf(Command command)
    {
        foreach (var option in command.Options)
            yield return option.Name;
        foreach (var option in command.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(option => option.Recursive))
            yield return option.Name;
        yield return CommandOutput.JsonOption;
    }
}
