namespace Ballast.Core.Paper;

/// <summary>
/// Reproducible chance: the same seed, stream and place give the same number on every machine, without any state. In whole numbers
/// throughout, so that a path costs little and is the same to the last digit everywhere.
/// </summary>
internal static class Noise
{
    /// <summary>What stands for 1 in a nano number.</summary>
    public const long Billion = 1_000_000_000;

    /// <summary>Evenly spread over −10^9 to 10^9, independent from place to place.</summary>
    public static long Nano(long seed, int stream, long place) => (long)(Bits(seed, stream, place) % (2UL * Billion + 1)) - Billion;

    /// <summary>Evenly spread over <paramref name="low"/> to <paramref name="high"/>, which are at most 10^9 apart.</summary>
    public static long Between(long low, long high, long seed, int stream, long place) =>
        low + (high - low) * (Nano(seed, stream, place) + Billion) / (2 * Billion);

    /// <summary>−10^9 to 10^9: a new number every <paramref name="period"/>, and a straight way from one to the next.</summary>
    public static long NanoBetween(long seed, int stream, long place, long period)
    {
        var cell = FloorDivide(place, period);
        var (left, right) = (Nano(seed, stream, cell), Nano(seed, stream, cell + 1));
        return left + (right - left) * (place - cell * period) / period;
    }

    /// <summary>A seed for one of several things that share a seed: FNV-1a over its name.</summary>
    public static long SeedFor(long seed, string name)
    {
        var hash = 14_695_981_039_346_656_037;
        foreach (var letter in name)
            hash = unchecked((hash ^ letter) * 1_099_511_628_211);
        return unchecked((long)Mix((ulong)seed ^ hash));
    }

    /// <summary>The whole part rounded towards minus infinity, so that the years before 1970 are no special case.</summary>
    public static long FloorDivide(long value, long divisor)
    {
        var (quotient, remainder) = Math.DivRem(value, divisor);
        return remainder < 0 ? quotient - 1 : quotient;
    }

    private static ulong Bits(long seed, int stream, long place) => unchecked(Mix(Mix(Mix((ulong)seed) ^ (ulong)stream) ^ (ulong)place));

    // The finishing steps of SplitMix64: neighbouring inputs give unrelated outputs.
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
