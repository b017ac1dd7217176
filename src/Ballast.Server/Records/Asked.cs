using System.Globalization;
using Ballast.Core;

namespace Ballast.Server.Records;

/// <summary>Reads the words of a query and remembers the first that makes no sense, with what to write instead.</summary>
internal struct Asked
{
    public Failure? Problem { get; private set; }

    /// <summary>Absent is <paramref name="usual"/>; blank counts as absent.</summary>
    public int Whole(string name, string? text, int usual, int most)
    {
        if (string.IsNullOrWhiteSpace(text))
            return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
            return number;
        Problem ??= Failure.BadData($"{name} must be a whole number from 1 to {most}, such as {usual}");
        return usual;
    }

    public DateTimeOffset? Time(string name, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        // A plus sign that was not encoded arrives as a space.
        if (UtcText.TryRead(text.Trim().Replace(' ', '+'), out var time))
            return time;
        Problem ??= Failure.BadData($"{name} must be a time in RFC 3339, such as 2026-01-01T12:00:00Z");
        return null;
    }

    /// <summary>Some of a few words with commas in between, in any case; null is all of them.</summary>
    public IReadOnlyList<string>? Words(string name, string? text, params ReadOnlySpan<string> known)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var words = text.ToUpperInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words)
        {
            if (!known.Contains(word))
                Problem ??= Failure.BadData($"'{word}' is no {name}; write some of {string.Join(",", known!)}");
        }
        return words;
    }

    public ListCursor? Cursor(string name, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (ListCursor.TryRead(text, out var cursor))
            return cursor;
        Problem ??= Failure.BadData($"{name} must be what the page before gave as next; leave it out to begin at the newest");
        return null;
    }
}
