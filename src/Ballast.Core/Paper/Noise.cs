namespace Ballast.Core.Paper;

/// <summary>Reproducible chance: the same seed, stream and place give the same number on every machine, without any state.</summary>
internal static class Noise
{
    private const int Billion = 1_000_000_000;

    /// <summary>Evenly spread over −1 to 1, in steps of 10^-9, independent from place to place.</summary>
    public static decimal At(long seed, int stream, long place)
    {
        var bits = unchecked(Mix(Mix(Mix((ulong)seed) ^ (ulong)stream) ^ (ulong)place));
        return new decimal((long)(bits % (2UL * Billion + 1)) - Billion) / Billion;
    }

    /// <summary>Evenly spread over <paramref name="low"/> to <paramref name="high"/>.</summary>
    public static decimal Between(decimal low, decimal high, long seed, int stream, long place) =>
        low + (high - low) * (At(seed, stream, place) + 1) / 2;

    /// <summary>−1 to 1: a new number every <paramref name="periodMs"/>, and a smooth way (3t² − 2t³) from one to the next.</summary>
    public static decimal Smooth(long seed, int stream, long timeMs, long periodMs)
    {
        var cell = FloorDivide(timeMs, periodMs);
        var t = decimal.Round((decimal)(timeMs - cell * periodMs) / periodMs, 6);
        var (left, right) = (At(seed, stream, cell), At(seed, stream, cell + 1));
        return left + (right - left) * (t * t * (3 - 2 * t));
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
