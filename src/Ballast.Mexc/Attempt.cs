using System.Text.Json;
using Ballast.Core;

namespace Ballast.Mexc;

/// <summary>What one request came to.</summary>
/// <param name="Result">The answer's payload, without an envelope; or why there is none.</param>
/// <param name="WorthRepeating">Whether the same question may well be answered a moment later; of no meaning for commands, which go out once.</param>
internal readonly record struct Attempt(Result<JsonElement> Result, bool WorthRepeating = false)
{
    /// <summary>How long to wait before asking again; null when that is not to be done, or no time is left for it.</summary>
    public TimeSpan? WaitBeforeRepeat { get; init; }

    public int? Code => Result.Failure?.Code;
}
