using System.Runtime.CompilerServices;
using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Planning;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;

namespace Ballast.Simulation;

/// <summary>What broke a rule, and when.</summary>
internal sealed record Breach(string Rule, string Detail, DateTimeOffset At);

/// <summary>
/// Everything that one seed makes: a market, an exchange, a store, instances of the program, their owner, and what goes wrong between them. The
/// tick, the store and the exchange are the product's own.
/// </summary>
internal sealed class World
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 18, 0, 0, TimeSpan.Zero);
    private readonly SingleThread thread = new();
    private readonly Deadlines deadlines;
    private readonly CrashPoint? crash;
    private readonly Mutation mutation;
    private readonly Chance perils;
    private readonly TimeProvider trueTime;
    private readonly IExchange exchange;
    private readonly EventLog log;

    /// <param name="crash">Where an instance goes down besides; null for nowhere.</param>
    public World(ulong seed, Mutation mutation, EventLog log, CrashPoint? crash = null)
    {
        (this.mutation, this.log, this.crash) = (mutation, log, crash);
        var chance = new Chance(seed);
        deadlines = new Deadlines(thread);
        Agenda = new Agenda(Start);
        Faults = new Faults(chance.Fork());
        perils = chance.Fork();
        trueTime = new Instance("truth", Agenda, TimeSpan.Zero).Clock;
        Options = Choose(chance.Fork());
        Slots = (int)chance.Between(12, 40);
        var feesInMx = new Chance(~seed).PerMille(150);
        Engine = new MatchingEngine(
            [Listing.QrlUsdt(0) with { Market = new GappyMarket(chance.Next(), Gaps(chance.Fork())).At, TakerFee = feesInMx ? default : new Ratio(0.0005m) }],
            new Dictionary<string, decimal>(StringComparer.Ordinal) { ["QRL"] = 10_000, ["USDT"] = 500 },
            Start);
        Store = new MemoryStore(trueTime, report => $"{report.Request.Id} {report.Status}");
        Habits = new Habits(this, chance.Fork(), chance.PerMille(80) ? OrderType.ImmediateOrCancel : null, feesInMx);
        Witness = new Witness(this);
        Owner = new Owner(this, chance.Fork());
        Scheduler = new Scheduler(this, chance.Fork());
        exchange = mutation.Exchange(new LateExchange(new WitnessedExchange(new InMemoryExchange(Engine, trueTime), this), this, Habits), this);
    }

    public Agenda Agenda { get; }
    public Faults Faults { get; }
    public TickOptions Options { get; }

    /// <summary>How many regular ticks there are before everything falls quiet.</summary>
    public int Slots { get; }

    public MatchingEngine Engine { get; }
    public MemoryStore Store { get; }
    public Habits Habits { get; }
    public Witness Witness { get; }
    public Owner Owner { get; }
    public Scheduler Scheduler { get; }
    public Breach? Breach { get; private set; }

    /// <summary>Whether the store may have changed in this event.</summary>
    public bool StoreTouched { get; set; }

    /// <summary>Of the newest lease.</summary>
    public long NewestEpoch { get; set; }

    /// <summary>Whose the newest lease is: nobody else may write.</summary>
    public string? NewestHolder { get; set; }

    /// <summary>How many requests have left instances while things went wrong: so many places there are to crash at.</summary>
    public long Letters { get; private set; }

    /// <summary>What mutations remember.</summary>
    public Dictionary<string, object?> Notes { get; } = new(StringComparer.Ordinal);

    public Symbol Symbol => Options.Symbol;
    public TimeSpan Elapsed => Agenda.Now - Start;

    /// <summary>What the true store holds of orders, whatever it tells anybody.</summary>
    public StoredTrading Trading => Store.Trading;

    public void Run() => thread.Run(() =>
    {
        var quiet = Start + (Slots + 1) * Scheduler.Interval;
        // The books open in peace: what moved just before, and is shown only after, nobody can tell from what moved just after.
        Scheduler.Open(Start);
        StepUntil(Start + Scheduler.Interval - TimeSpan.FromSeconds(1));
        Faults.Begin();
        Scheduler.Begin(Start + Scheduler.Interval);
        Owner.Begin(Start + Scheduler.Interval);
        StepUntil(quiet);
        if (Breach is not null)
            return;
        Note($"quiet from here on");
        Faults.Stop();
        Owner.Retire();
        Scheduler.Quieten(quiet);
        StepUntil(quiet + (Scheduler.QuietSlots - Scheduler.ClosingSlots) * Scheduler.Interval - TimeSpan.FromSeconds(1));

        // What was traded last is settled and booked by the ticks after it.
        Owner.Halt();
        StepUntil(quiet + Scheduler.QuietSlots * Scheduler.Interval);
        if (Breach is null)
            Ending.Check(this);
    });

    /// <summary>Whether somebody wants to read what happens.</summary>
    public bool IsTold => log.Kept;

    public void Note([InterpolatedStringHandlerArgument("")] ref Line line)
    {
        if (log.Kept)
            log.Write(Agenda.Now, line.ToStringAndClear());
    }

    public void Break(string rule, string detail)
    {
        if (Breach is not null)
            return;
        Breach = new Breach(rule, detail, Agenda.Now);
        Note($"BROKEN: {rule}: {detail}");
    }

    /// <summary>Lets a call end when its token is cancelled, at the next event and not in the middle of this one.</summary>
    public void Watch(Letter letter, CancellationToken token) => deadlines.Watch(letter, token);

    /// <summary>An instance may crash or freeze while it waits.</summary>
    public void Endanger(Instance instance, TimeSpan wait)
    {
        if (Faults.Crashes())
            Crash(instance, wait * (perils.Below(100) / 100.0));
        if (Faults.Freezes())
            Freeze(instance, wait * (perils.Below(100) / 100.0));
    }

    /// <summary>Whether the request that is about to leave is the one that its sender goes down with.</summary>
    public CrashPoint? CrashHere() => !Faults.Stopped && ++Letters == crash?.Letter ? crash : null;

    public void Crash(Instance instance, TimeSpan wait) => Agenda.In(wait, instance, () =>
    {
        instance.Crashed = true;
        Note($"{instance.Name} crashes");
    });

    private void Freeze(Instance instance, TimeSpan wait) => Agenda.In(wait, instance, () =>
    {
        instance.FrozenUntil = Agenda.Now + (perils.PerMille(500) ? perils.Milliseconds(100, 8000) : perils.Seconds(8, 600));
        instance.Freezes++;
        Note($"{instance.Name} freezes until {instance.FrozenUntil:HH:mm:ss}");
    });

    public void Took(ApprovedOrder order)
    {
        var key = new PaperOrderKey(null, null, order.Intent.ClientOrderId);
        if (Engine.Find(key, Agenda.Now).TryGet(out var taken, out var failure))
            Witness.Accepted(order, taken);
        else
            Break("the exchange took an order and does not know it", failure.Reason);
    }

    /// <summary>The program as one instance runs it for one request.</summary>
    public Tick TickOf(Instance instance, Wire wire, Func<string> newHolder)
    {
        var store = mutation.Store(new WitnessedStore(Store, this), this);
        return new Tick(
            mutation.StoreClient(new StoreLine(store, wire, Owner), this),
            mutation.ExchangeClient(new ExchangeLine(exchange, wire), this),
            Options, instance.Clock, newHolder);
    }

    private void StepUntil(DateTimeOffset end)
    {
        while (Breach is null && Agenda.Step(end))
        {
            thread.RunAll();
            deadlines.Look();
            if (StoreTouched)
                Witness.Look();
            StoreTouched = false;
        }
    }

    private static TickOptions Choose(Chance chance) => new()
    {
        Symbol = Listing.QrlUsdt(0).Symbol,
        Mode = chance.Of(Mode.Auto, Mode.Auto, Mode.Auto, Mode.Auto, Mode.Auto, Mode.Auto, Mode.Approve, Mode.Approve, Mode.Approve, Mode.Observe),
        Policy = Policy.Default with
        {
            TargetRatio = new Ratio(chance.Between(35, 65) / 100m),
            RebalanceTo = chance.Of(RebalanceTo.Target, RebalanceTo.Edge),
        },
        Limits = new SafetyLimits
        {
            MaxOrderNotional = new Amount(chance.Between(25, 120)),
            MaxDailyNotional = new Amount(chance.Between(60, 900)),
            MaxDailyOrders = (int)chance.Between(4, 48),
            MinMinutesBetweenOrders = chance.Of(0, 0, 5, 15),
            HaltAfterFailures = chance.Of(0, 3, 10),
            MarketOrders = chance.PerMille(150),
        },
    };

    private List<(DateTimeOffset At, int Percent)> Gaps(Chance chance)
    {
        var gaps = new List<(DateTimeOffset At, int Percent)>();
        for (var number = chance.Of(0, 1, 3, 6); number > 0; number--)
        {
            gaps.Add((Start + chance.Seconds(60, Slots * 900), 100 + (int)chance.Between(-25, 30)));
            Faults.Count(FaultKind.PriceGap);
        }
        return gaps;
    }
}
