using System.Text.Json;

namespace Ballast.Server.Diagnosis;

/// <summary>A line of the history, as far as the doctor reads it.</summary>
/// <param name="Error">Why it had no plan; null when it had one.</param>
internal sealed record RecordedTick(string Tick, DateTimeOffset At, string? Error)
{
    /// <summary>Null for what Ballast did not write.</summary>
    public static RecordedTick? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var line = document.RootElement;
            return new RecordedTick(
                line.GetProperty("tick").GetString()!, line.GetProperty("timestamp").GetDateTimeOffset(),
                line.TryGetProperty("error", out var error) ? error.GetString() : null);
        }
        catch (Exception foreign) when (foreign is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
