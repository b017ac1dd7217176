namespace Ballast.Simulation;

/// <summary>A step over the edge of the program.</summary>
internal enum Boundary
{
    ExchangeRead,
    OrderQuery,
    Place,
    Cancel,
    StoreRead,
    StoreWrite,
}

/// <summary>What becomes of one request.</summary>
/// <param name="Acts">Whether the other side carries it out.</param>
/// <param name="Request">How long it travels.</param>
/// <param name="Answer">How long from its arrival, or from when it would have arrived, until its sender knows more.</param>
/// <param name="DiesWithSender">Whether it is lost when its sender crashes before it arrives.</param>
internal readonly record struct Fate(FaultKind Kind, bool Acts, TimeSpan Request, TimeSpan Answer, bool DiesWithSender);

/// <summary>How much goes wrong in one run, and the count of what did.</summary>
internal sealed class Faults
{
    private readonly Chance chance;
    private readonly int reads;
    private readonly int orders;
    private readonly int writes;
    private readonly int crashes;
    private readonly int freezes;

    public Faults(Chance chance)
    {
        this.chance = chance;
        reads = chance.Of(0, 3, 10, 30);
        orders = chance.Of(0, 150, 300, 600);
        writes = chance.Of(0, 30, 80, 200);
        crashes = chance.Of(0, 2, 10, 20);
        freezes = chance.Of(0, 2, 10, 20);
        SkewedInstances = chance.Of(0, 0, 200, 500);
        Lags = chance.Of(0, 200, 500);
        Duplicates = chance.Of(50, 200, 400);
        OwnerActs = chance.Of(0, 60, 150);
    }

    /// <summary>Nothing goes wrong before <see cref="Begin"/> and after <see cref="Stop"/>.</summary>
    public bool Stopped { get; private set; } = true;

    public int SkewedInstances { get; }

    /// <summary>Rows, orders and depths that come late, of 1000.</summary>
    public int Lags { get; }

    public int Duplicates { get; }

    public int OwnerActs { get; }

    public long[] Counts { get; } = new long[Enum.GetValues<FaultKind>().Length];

    public void Begin() => Stopped = false;

    public void Stop() => Stopped = true;

    public void Count(FaultKind kind) => Counts[(int)kind]++;

    /// <summary>Whether something of this share happens; counted when it does.</summary>
    public bool Strikes(FaultKind kind, int perMille)
    {
        if (Stopped || !chance.PerMille(perMille))
            return false;
        Count(kind);
        return true;
    }

    public bool Crashes() => Strikes(FaultKind.Crash, crashes);

    public bool Freezes() => Strikes(FaultKind.Freeze, freezes);

    public Fate Draw(Boundary boundary)
    {
        var (request, answer) = (Journey(), Journey());
        var share = boundary switch
        {
            Boundary.ExchangeRead => reads,
            Boundary.StoreRead => reads * 2,
            Boundary.StoreWrite => writes,
            _ => orders,
        };
        var none = new Fate(FaultKind.None, true, request, answer, chance.PerMille(500));
        if (Stopped || !chance.PerMille(share))
            return none;
        var kind = boundary is Boundary.StoreRead or Boundary.StoreWrite
            ? chance.Of(FaultKind.RequestLost, FaultKind.AnswerLost, FaultKind.Refused, FaultKind.Slow)
            : chance.Of(
                FaultKind.RequestLost, FaultKind.AnswerLost, FaultKind.Refused, FaultKind.RateLimited, FaultKind.ServerError, FaultKind.Garbage,
                FaultKind.Slow, FaultKind.Late);
        Count(kind);
        return kind switch
        {
            FaultKind.RequestLost => none with { Kind = kind, Acts = false, Answer = Timeout() },
            FaultKind.AnswerLost => none with { Kind = kind, Answer = Timeout() },
            FaultKind.Refused or FaultKind.RateLimited => none with { Kind = kind, Acts = false },
            FaultKind.ServerError => none with { Kind = kind, Acts = chance.PerMille(500) },
            FaultKind.Late => none with { Kind = kind, Request = chance.Seconds(1, chance.Of(6, 300, 2400)), Answer = Timeout() },
            FaultKind.Slow => none with { Kind = kind, Request = chance.Milliseconds(0, 4000), Answer = chance.Milliseconds(500, 12_000) },
            _ => none with { Kind = kind },
        };
    }

    private TimeSpan Journey() => chance.PerMille(950) ? chance.Milliseconds(1, 150) : chance.Milliseconds(150, 1500);

    private TimeSpan Timeout() => chance.Seconds(2, 10);
}
