using Ballast.Core;

namespace Ballast.Server.Commands;

/// <summary>Days and times as they are typed, in UTC.</summary>
internal static class Moments
{
    /// <summary>A time in RFC 3339, or a whole day.</summary>
    /// <param name="absent">What no text means.</param>
    /// <param name="endOfDay">Whether a day means its end.</param>
    public static Result<DateTimeOffset> Read(string? text, DateTimeOffset absent, bool endOfDay) =>
        text is null ? absent
        : UtcText.TryRead(text, out var time) ? time
        : UtcText.TryRead($"{text}T00:00:00Z", out var day) ? endOfDay ? day.AddDays(1).AddMilliseconds(-1) : day
        : Failure.BadData($"'{text}' is not a day or a time in UTC; write it such as 2026-01-01 or 2026-01-01T12:00:00Z");
}
