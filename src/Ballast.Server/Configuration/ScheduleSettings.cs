using Ballast.Core;

namespace Ballast.Server.Configuration;

/// <summary>The server's own clock, for where no scheduler calls.</summary>
/// <param name="Enabled">By default only in Development: in the cloud a scheduler calls, and two would be one too many.</param>
/// <param name="EveryMinutes">1 to 1440 and a divisor of 1440, so that ticks fall on the same times every day.</param>
public sealed record ScheduleSettings(bool Enabled, int EveryMinutes)
{
    /// <summary>The distance of two runs in our time; shorter than the minutes above where a paper market is faster than ours.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(EveryMinutes);

    internal const string EnabledName = "Ballast:Schedule:Enabled";
    private const int MinutesOfDay = 1440;

    internal static ScheduleSettings Read(SettingsReader settings, bool development) => new(
        settings.Value(EnabledName, development, SettingFormat.Switch),
        settings.Value("Ballast:Schedule:EveryMinutes", 15, ParseMinutes));

    private static Result<int> ParseMinutes(string text) =>
        !SettingFormat.Whole(1, MinutesOfDay, "minutes, such as 15")(text).TryGet(out var minutes, out var failure) ? failure
        : MinutesOfDay % minutes == 0 ? minutes
        : Failure.BadData($"'{text}' does not divide a day evenly; write 15, or another divisor of 1440 such as 5, 10, 20, 30, 60 or 240");
}
