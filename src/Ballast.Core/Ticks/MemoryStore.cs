using System.Collections.Immutable;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Core.Ticks;

/// <summary>
/// The store in memory, for simulation, backtests and tests: the same promises as Redis, gone with the process. Leases run out by the
/// clock it is given.
/// </summary>
/// <param name="render">Turns a report into the answer that a repeat will get.</param>
public sealed class MemoryStore(TimeProvider clock, Func<TickReport, string> render) : IStore
{
    /// <summary>How long rules are remembered; trading rules change rarely, but they do.</summary>
    public static readonly TimeSpan RulesLifetime = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly Dictionary<TickId, string> answers = [];
    private readonly List<TickReport> history = [];
    private ImmutableHashSet<string> known = ImmutableHashSet.Create<string>(StringComparer.Ordinal);
    private ImmutableDictionary<string, string> settings = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);
    private (string Holder, DateTimeOffset Until)? lease;
    private (SymbolRules Rules, DateTimeOffset Until)? rules;
    private readonly List<Entry> journal = [];
    private readonly List<EquityPoint> curve = [];
    private Ledger? ledger;
    private Opening? opening;
    private readonly List<OrderReport> orders = [];
    private Equity equity = Equity.None;
    private StoredTrading trading = StoredTrading.None;
    private long epoch;

    /// <summary>Every recorded tick, oldest first.</summary>
    public IReadOnlyList<TickReport> History
    {
        get
        {
            lock (gate)
                return [.. history];
        }
    }

    /// <summary>Every settled order, oldest first.</summary>
    public IReadOnlyList<OrderReport> Orders
    {
        get
        {
            lock (gate)
                return [.. orders];
        }
    }

    /// <summary>Halts or lifts a halt, changes the mode, approves: as the owner would.</summary>
    public void Change(Func<StoredTrading, StoredTrading> change)
    {
        lock (gate)
            trading = change(trading);
    }

    /// <summary>What the store knows of orders, at this moment.</summary>
    public StoredTrading Trading
    {
        get
        {
            lock (gate)
                return trading;
        }
    }

    /// <summary>Every point of the equity curve, oldest first.</summary>
    public IReadOnlyList<EquityPoint> Curve
    {
        get
        {
            lock (gate)
                return [.. curve];
        }
    }

    /// <summary>Sets an override of the policy, as the owner would; null takes it away.</summary>
    public void Set(string setting, string? value)
    {
        lock (gate)
            settings = value is null ? settings.Remove(setting) : settings.SetItem(setting, value);
    }

    public Task<LeaseAnswer> TakeLeaseAsync(TickId tick, string holder, TimeSpan lifetime)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (answers.TryGetValue(tick, out var answer))
                return Task.FromResult<LeaseAnswer>(new LeaseAnswer.Finished(answer));
            if (lease is { } held && held.Until > now)
                return Task.FromResult<LeaseAnswer>(new LeaseAnswer.Busy(held.Until - now));
            lease = (holder, now + lifetime);
            return Task.FromResult<LeaseAnswer>(new LeaseAnswer.Granted(new Lease(tick, holder, ++epoch)));
        }
    }

    public Task<StoredState> ReadAsync()
    {
        lock (gate)
        {
            var remembered = rules is { } kept && kept.Until > clock.GetUtcNow() ? kept.Rules : null;
            return Task.FromResult(new StoredState(ledger, equity, settings, remembered, trading));
        }
    }

    public Task<bool> CommitAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember)
    {
        lock (gate)
        {
            if (lease.Epoch != epoch)
                return Task.FromResult(false);
            KeepUntilOrder(report, rulesToRemember);
            KeepFromOrder(lease, report);
            return Task.FromResult(true);
        }
    }

    public Task<BeginAnswer> BeginOrderAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember)
    {
        lock (gate)
        {
            var refusal = lease.Epoch != epoch ? BeginAnswer.Overtaken
                : trading.Halt is not null ? BeginAnswer.Halted
                : trading.Open?.ClientOrderId != report.Settled?.ClientOrderId ? BeginAnswer.Occupied
                : BeginAnswer.Begun;
            if (refusal != BeginAnswer.Begun)
                return Task.FromResult(refusal);
            KeepUntilOrder(report, rulesToRemember);
            KeepTrading(report);
            return Task.FromResult(BeginAnswer.Begun);
        }
    }

    public Task<bool> FinishOrderAsync(Lease lease, TickReport report)
    {
        lock (gate)
        {
            if (lease.Epoch != epoch)
                return Task.FromResult(false);
            history[^1] = report;
            KeepFromOrder(lease, report);
            return Task.FromResult(true);
        }
    }

    public Task<bool> CommitBooksAsync(Lease lease, BooksAfter books, DateTimeOffset now)
    {
        lock (gate)
        {
            if (lease.Epoch != epoch)
                return Task.FromResult(false);
            Keep(books);
            this.lease = null;
            return Task.FromResult(true);
        }
    }

    public Task<bool> RestoreBooksAsync(Lease lease, BooksAfter books, IReadOnlyList<Entry> entries, DateTimeOffset now) =>
        CommitBooksAsync(lease, books, now);

    public Task<IReadOnlySet<string>> TradeIdsAsync(DateTimeOffset from, DateTimeOffset to)
    {
        lock (gate)
            return Task.FromResult<IReadOnlySet<string>>(journal.OfType<Trade>()
                .Where(trade => trade.Time >= from && trade.Time < to).Select(trade => trade.Id).ToHashSet(StringComparer.Ordinal));
    }

    public Task<Result<Journal>> ReadJournalAsync()
    {
        lock (gate)
            return Task.FromResult<Result<Journal>>(new Journal(opening, [.. journal]));
    }

    public Task ReleaseAsync(Lease lease)
    {
        lock (gate)
        {
            if (this.lease is { } held && held.Holder == lease.Holder)
                this.lease = null;
            return Task.CompletedTask;
        }
    }

    private void Keep(BooksAfter books)
    {
        ledger = books.Ledger;
        if (books.OpeningStated)
            opening = books.Ledger.Opening;
        journal.AddRange(books.NewTrades);
        journal.AddRange(books.NewMovements);
        equity = books.Equity;
        if (books.NewPoint is { } point)
            curve.Add(point);
    }

    private void KeepUntilOrder(TickReport report, SymbolRules? rulesToRemember)
    {
        if (report.Books is { } books && books.TryGet(out var after, out _))
            Keep(after);
        if (rulesToRemember is not null)
            rules = (rulesToRemember, clock.GetUtcNow() + RulesLifetime);
        history.Add(report);
    }

    private void KeepFromOrder(Lease finished, TickReport report)
    {
        KeepTrading(report);
        if (report.Status != TickStatus.Error)
            answers[finished.Tick] = render(report);
        lease = null;
    }

    private void KeepTrading(TickReport report)
    {
        if (report.Trading is not { } after)
            return;
        orders.AddRange(after.Finished);
        known = known.Union(after.Finished.Select(order => order.ClientOrderId));
        trading = trading with
        {
            Open = after.Open,
            Proposal = after.Proposal,
            State = after.State,
            Halt = after.NewHalt ?? trading.Halt,
            Mode = after.NewMode ?? trading.Mode,
            Known = known,
        };
    }
}
