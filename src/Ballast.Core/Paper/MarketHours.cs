namespace Ballast.Core.Paper;

/// <summary>When a market that never closes is awake: most between the European afternoon and the American morning, least at their night and
/// on weekends.</summary>
internal static class MarketHours
{
    private const long HourMs = 3_600_000;
    private const int HoursPerWeek = 168;
    private const int FirstOfSaturday = 120;
    private const int WeekendPercent = 65;

    // In per cent of an average working day, from midnight UTC on.
    private static readonly int[] Percent =
        [90, 85, 75, 65, 55, 50, 60, 75, 90, 100, 105, 105, 110, 125, 145, 150, 145, 130, 120, 110, 105, 100, 95, 90];

    /// <summary>Millionths: 1 000 000 is an average hour of a working day. From 325 000 to 1 500 000, without steps.</summary>
    public static long ActivityMicro(long timeMs)
    {
        // The first hour of 1970 was the 73rd of its week, which began on a Monday.
        var hour = Noise.FloorDivide(timeMs, HourMs);
        var within = timeMs - hour * HourMs;
        var (now, next) = (OfHour(hour + 72), OfHour(hour + 73));
        return now + (next - now) * within / HourMs;
    }

    private static long OfHour(long hour)
    {
        var ofWeek = (int)((hour % HoursPerWeek + HoursPerWeek) % HoursPerWeek);
        return Percent[ofWeek % 24] * (ofWeek >= FirstOfSaturday ? WeekendPercent : 100) * 100L;
    }
}
