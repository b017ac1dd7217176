namespace Ballast.Benchmarks.ColdStart;

/// <summary>What was measured, by contestant.</summary>
internal sealed record Findings
{
    public required IReadOnlyDictionary<string, IReadOnlyList<Sample>> Cold { get; init; }

    /// <summary>Milliseconds a tick.</summary>
    public required IReadOnlyDictionary<string, Quartiles> Warm { get; init; }

    public required IReadOnlyDictionary<string, Executable> Programs { get; init; }

    /// <summary>How many of the server's starts there were that could have asked the issuer, and how often somebody did.</summary>
    public required (int Starts, int Readings) Issuer { get; init; }

    /// <summary>Milliseconds from start to answer; null when it was not measured.</summary>
    public Quartiles? Time(string name) => Cold.TryGetValue(name, out var samples) ? Quartiles.Milliseconds(samples.Select(sample => sample.Time)) : null;

    /// <summary>Megabytes of 1024² bytes after the answer.</summary>
    public Quartiles? Resident(string name) => Megabytes(name, memory => memory.ResidentKb);

    /// <summary>The same, at most until then.</summary>
    public Quartiles? Peak(string name) => Megabytes(name, memory => memory.PeakKb);

    private Quartiles? Megabytes(string name, Func<Memory, long> kilobytes) =>
        Cold.TryGetValue(name, out var samples) ? Quartiles.Of(samples.Select(sample => kilobytes(sample.Memory) / 1024m)) : null;
}
