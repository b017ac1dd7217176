namespace Ballast.Simulation;

/// <summary>Reproducible chance (SplitMix64): a seed gives the same numbers on every machine and with every version of .NET.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            return Mix(state);
        }
    }

    /// <summary>A stream of its own that does not depend on how much of this one is used later.</summary>
    public Chance Fork() => new(Next());

    /// <summary>0 up to below <paramref name="end"/>.</summary>
    public int Below(int end) => (int)(Next() % (ulong)end);

    public long Between(long low, long high) => low + (long)(Next() % (ulong)(high - low + 1));

    public bool PerMille(int share) => Below(1000) < share;

    public TimeSpan Milliseconds(long low, long high) => TimeSpan.FromMilliseconds(Between(low, high));

    public TimeSpan Seconds(long low, long high) => Milliseconds(low * 1000, high * 1000);

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>−10 000 to 10 000: always the same for the same place.</summary>
    public static long Noise(ulong seed, int stream, long place)
    {
        unchecked
        {
            var bits = Mix(Mix(seed ^ ((ulong)stream * 0x9E3779B97F4A7C15)) ^ (ulong)place);
            return (long)(bits % 20_001) - 10_000;
        }
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
