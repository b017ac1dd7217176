using Ballast.Core;
using Ballast.Core.Paper;

namespace Ballast.PaperExchange.Faults;

/// <summary>
/// What goes wrong on the exchange: set, counted down, ended by its time or by hand. One fault of a kind at a time; a second one takes its
/// place. Cleared faults leave no trace. Safe to call from several threads.
/// </summary>
public sealed class FaultDesk(PairBoard pairs, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];
    private Entry[] applied = [];

    private sealed class Entry(Fault fault)
    {
        public Fault Fault { get; set; } = fault;

        /// <summary>Requests under way that met it: the last of a count still has it until its answer is out.</summary>
        public int UnderWay { get; set; }

        public bool IsOver(DateTimeOffset now) => now >= Fault.Until || (Fault.Left == 0 && UnderWay == 0);
    }

    /// <summary>What a request met. To be given back by <see cref="Leave"/>.</summary>
    internal sealed class Encounter
    {
        internal List<object> Met { get; } = [];

        public Fault? Wait { get; internal set; }

        /// <summary>What becomes of its answer; null when nothing does.</summary>
        public Fault? Answer { get; internal set; }
    }

    /// <summary>In the order of precedence.</summary>
    public IReadOnlyList<Fault> InForce
    {
        get
        {
            lock (gate)
            {
                Sweep();
                return [.. Ordered().Select(entry => entry.Fault)];
            }
        }
    }

    /// <summary>By how much the exchange's clock is off.</summary>
    internal TimeSpan Skew => ValueOf(FaultKind.ClockSkew) is { } ms ? TimeSpan.FromMilliseconds((long)ms) : TimeSpan.Zero;

    /// <summary>Begins a fault now; one of the same kind ends. A failure says what to ask for instead.</summary>
    public Result<Fault> Set(FaultRequest request)
    {
        lock (gate)
        {
            if (!request.Begin(clock.GetUtcNow()).TryGet(out var fault, out var unfit))
                return unfit;
            if (fault.Symbol is { } symbol && !Pairs().Contains(symbol))
                return Failure.BadData($"'{symbol}' is not traded here; write one of: {string.Join(", ", Pairs())}");
            entries.RemoveAll(entry => entry.Fault.Kind == fault.Kind);
            entries.Add(new Entry(fault));
            Sweep();
            return fault;
        }
    }

    /// <summary>False when it was not in force.</summary>
    public bool Clear(FaultKind kind)
    {
        lock (gate)
        {
            Sweep();
            var cleared = entries.RemoveAll(entry => entry.Fault.Kind == kind) > 0;
            Sweep();
            return cleared;
        }
    }

    public void ClearAll()
    {
        lock (gate)
        {
            entries.Clear();
            Sweep();
        }
    }

    /// <summary>
    /// The faults that a request meets, each counted: one that makes it wait, one that spoils its answer, and, where it is carried out, all
    /// that it is about on the market and in what is shown.
    /// </summary>
    internal Encounter Meet(ApiCall call)
    {
        lock (gate)
        {
            Sweep();
            var encounter = new Encounter();
            foreach (var entry in Ordered().Where(entry => entry.Fault.Left != 0 && entry.Fault.IsAbout(call)).ToArray())
            {
                var point = entry.Fault.Kind.Point;
                var passedBy = point is FaultPoint.Pair or FaultPoint.View
                    ? encounter.Answer?.Kind.Point == FaultPoint.BeforeActing
                    : point != FaultPoint.Wait && encounter.Answer is not null;
                if (passedBy)
                    continue;
                Count(entry, encounter);
                if (point == FaultPoint.Wait)
                    encounter.Wait = entry.Fault;
                else if (point is FaultPoint.BeforeActing or FaultPoint.AfterActing)
                    encounter.Answer = entry.Fault;
            }
            return encounter;
        }
    }

    internal void Leave(Encounter encounter)
    {
        lock (gate)
        {
            foreach (var entry in encounter.Met.Cast<Entry>())
                entry.UnderWay--;
            Sweep();
        }
    }

    /// <summary>The number of a fault that is in force; null when it is not.</summary>
    internal decimal? ValueOf(FaultKind kind)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            return entries.Find(entry => entry.Fault.Kind == kind && !entry.IsOver(now))?.Fault is { } fault ? fault.Value ?? 1 : null;
        }
    }

    private IEnumerable<string> Pairs() => pairs.Listings.Select(listing => listing.Symbol.Name);

    private static void Count(Entry entry, Encounter encounter)
    {
        entry.Fault = entry.Fault with { Left = entry.Fault.Left - 1 };
        entry.UnderWay++;
        encounter.Met.Add(entry);
    }

    private IEnumerable<Entry> Ordered() => FaultKind.All.SelectMany(kind => entries.Where(entry => entry.Fault.Kind == kind));

    /// <summary>Forgets what is over, and gives the engine the pairs as they are with what is left.</summary>
    private void Sweep()
    {
        var now = clock.GetUtcNow();
        entries.RemoveAll(entry => entry.IsOver(now));
        var wanted = Ordered().Where(entry => entry.Fault.Kind.Point == FaultPoint.Pair).ToArray();
        if (wanted.SequenceEqual(applied))
            return;
        var touched = applied.Concat(wanted).Select(entry => entry.Fault.Symbol).ToArray();
        Fault[] faults = [.. wanted.Select(entry => entry.Fault)];
        pairs.Lay(listing => FaultyListing.Of(listing, faults), pair => touched.Any(symbol => symbol is null || symbol == pair.Name), now);
        applied = wanted;
    }
}

/// <summary>The clock that the exchange shows and checks stamps against. What it records keeps the true time.</summary>
internal sealed class ShownClock(TimeProvider clock, FaultDesk faults) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + faults.Skew;
}
