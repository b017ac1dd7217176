namespace Ballast.Core.Paper;

/// <summary>How a market is doing at an instant, beside its price.</summary>
/// <param name="WildnessMicro">How strongly the price moves at present, in millionths: below 1 000 000 it is calm, above it wild. Above 0.</param>
/// <param name="VersionsSinceJump">How long ago the price last jumped; <see cref="long.MaxValue"/> when nobody remembers.</param>
internal readonly record struct MarketMood(long WildnessMicro, long VersionsSinceJump)
{
    public static readonly MarketMood Usual = new(1_000_000, long.MaxValue);
}

/// <summary>
/// A price's way through time, as a distance from where it always comes back to. A random walk over hours and days, drawn as Lévy drew
/// it: from coarse to fine, each half of a stretch bent by chance at its middle, so that any instant costs the same 18 steps. A bend is the
/// wilder the wilder the stretch around it (a cascade), which clusters calm and wild spells at all lengths. Over weeks it pulls back. Jumps
/// come on top: they stay for days and are forgotten within three weeks.
/// </summary>
internal sealed class SyntheticPath(long seed)
{
    /// <summary>Of five seconds.</summary>
    public const long VersionsPerDay = 17_280;

    /// <summary>Versions of the longest stretch, 15 days, are two to this power; the shortest is two versions.</summary>
    private const int Levels = 18;

    /// <summary>The last level whose wildness differs within its parent's: stretches of 43 minutes.</summary>
    private const int WildLevels = 10;

    /// <summary>In nano: how far the ends of the longest stretches lie from the middle at most.</summary>
    private const long EndReach = 80_000_000;

    /// <summary>Millionths by which a stretch is wilder or calmer than the one around it, at most.</summary>
    private const long Contrast = 380_000;

    /// <summary>What the cascade begins with, so that its square is about 1 on average.</summary>
    private const long MeanWildness = 800_000;

    // In nano, from coarse to fine: the most that the middle of a stretch is bent. From a day on downwards each is the one before divided by
    // the root of two, as in a random walk of about 4 % a day; above, less, because the price comes back.
    private static readonly long[] Reach =
    [
        80_000_000, 70_000_000, 60_000_000, 48_000_000, 34_000_000, 24_000_000, 17_000_000, 12_000_000, 8_500_000,
        6_000_000, 4_250_000, 3_000_000, 2_125_000, 1_500_000, 1_062_000, 750_000, 531_000, 375_000,
    ];

    private const int JumpMemoryDays = 21;
    private const long JumpStaysFor = 4 * VersionsPerDay;
    private const long JumpForgottenAfter = 20 * VersionsPerDay;

    // Streams of chance; the levels take 1000 and up, their wildness 1100 and up.
    private const int EndStream = 1099;
    private const int JumpStream = 1200;
    private const int JumpTimeStream = 1201;
    private const int JumpSizeStream = 1202;
    private const int JumpSideStream = 1203;

    /// <param name="nano">Billionths of the price.</param>
    public MarketMood At(long version, out long nano)
    {
        nano = Walk(version, out var wildness);
        var sinceJump = long.MaxValue;
        var today = Noise.FloorDivide(version, VersionsPerDay);
        for (var day = today - JumpMemoryDays + 1; day <= today; day++)
        {
            if (Jump(day, version, out var age) is not { } left)
                continue;
            nano += left;
            sinceJump = Math.Min(sinceJump, age);
        }
        return new MarketMood(wildness, sinceJump);
    }

    private long Walk(long version, out long wildness)
    {
        var end = version >> Levels;
        var (left, right) = (EndOf(end), EndOf(end + 1));
        var place = left + ((right - left) * (version - (end << Levels)) >> Levels);
        wildness = MeanWildness;
        for (var level = 0; level < Levels; level++)
        {
            var length = Levels - level;
            var cell = version >> length;
            var within = version - (cell << length);
            var toNearerEnd = Math.Min(within, (1L << length) - within);
            var bend = Reach[level] * Noise.Nano(seed, 1000 + level, cell) / Noise.Billion * wildness / 1_000_000;
            place += bend * toNearerEnd >> (length - 1);
            if (level < WildLevels)
                wildness = wildness * (1_000_000 + Contrast * Noise.Nano(seed, 1100 + level, cell) / Noise.Billion) / 1_000_000;
        }
        return place;
    }

    private long EndOf(long cell) => EndReach * Noise.Nano(seed, EndStream, cell) / Noise.Billion;

    // One day in twelve has one, of 2.5 to 9 %, the small ones more often. What is left of it; null when there is none, or none yet.
    private long? Jump(long day, long version, out long age)
    {
        age = 0;
        if (Noise.Between(0, 12_000, seed, JumpStream, day) >= 1_000)
            return null;
        age = version - day * VersionsPerDay - Noise.Between(0, VersionsPerDay - 1, seed, JumpTimeStream, day);
        if (age < 0 || age >= JumpForgottenAfter)
            return null;
        var strength = Noise.Between(0, 1_000_000, seed, JumpSizeStream, day);
        var size = 25_000_000 + strength * strength / 1_000_000 * 65;
        var stays = age <= JumpStaysFor ? size : size * (JumpForgottenAfter - age) / (JumpForgottenAfter - JumpStaysFor);
        return Noise.Nano(seed, JumpSideStream, day) < 0 ? -stays : stays;
    }
}
