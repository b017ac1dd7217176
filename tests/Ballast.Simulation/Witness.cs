using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;

namespace Ballast.Simulation;

/// <summary>
/// Stands beside the true store and the true exchange, sees what they really do, and knows what must never happen. It relies on nothing that
/// the engine says of itself.
/// </summary>
internal sealed class Witness(World world)
{
    private readonly Dictionary<string, OrderIntent> intents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> accepted = new(StringComparer.Ordinal);
    private readonly HashSet<string> settled = new(StringComparer.Ordinal);
    private readonly HashSet<string> booked = new(StringComparer.Ordinal);
    private readonly Dictionary<DateOnly, (Amount Notional, int Orders)> days = [];

    /// <summary>Ticks whose proposals the owner has approved.</summary>
    public HashSet<string> Approved { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the owner, or the engine by itself, has halted trading.</summary>
    public bool Halted { get; set; }

    public IReadOnlyCollection<string> Intents => intents.Keys;

    public IReadOnlySet<string> Settled => settled;

    public int Orders => accepted.Count;

    /// <summary>The store has put an order on record.</summary>
    /// <param name="seen">The mode that was set when this tick read the state; null when none was.</param>
    public void Begun(TickReport report, Mode? seen)
    {
        var intent = report.Trading!.Open!;
        var limits = world.Options.Limits;
        var mode = seen is { } set && set < world.Options.Mode ? set : world.Options.Mode;
        Never(Halted, "an intent was recorded while trading was halted", intent.ClientOrderId);
        Never(mode == Mode.Observe, "observe recorded an intent", intent.ClientOrderId);
        var own = OrderIntent.IdOf(world.Symbol, report.Request.Id.Text);
        var approved = Approved.Any(tick => OrderIntent.IdOf(world.Symbol, tick) == intent.ClientOrderId);
        Never(mode == Mode.Approve && !approved, "an intent was recorded without the owner's word", intent.ClientOrderId);
        Never(intent.ClientOrderId != own && !approved, "an order's id is not that of its tick", intent.ClientOrderId);
        Never(!report.Plan.TryGet(out _, out _), "an intent was recorded without a plan", intent.ClientOrderId);
        Never(intent.Notional > limits.MaxOrderNotional, "an order is larger than allowed", $"{intent.ClientOrderId} {intent.Notional}");
        Never(!intents.TryAdd(intent.ClientOrderId, intent), "a tick recorded two intents", intent.ClientOrderId);

        var day = DateOnly.FromDateTime(intent.At.UtcDateTime);
        var today = days.GetValueOrDefault(day);
        days[day] = today = (today.Notional + intent.Notional, today.Orders + 1);
        Never(today.Notional > limits.MaxDailyNotional, "a day's orders are worth more than allowed", $"{day:O} {today.Notional}");
        Never(today.Orders > limits.MaxDailyOrders, "a day has more orders than allowed", $"{day:O} {today.Orders}");
        Recorded(report, booksToo: true);
    }

    /// <summary>Somebody has written under this lease.</summary>
    public void Wrote(Lease lease) => Never(lease.Holder != world.NewestHolder, "an overtaken tick wrote", $"epoch {lease.Epoch}");

    /// <summary>The store has taken a report.</summary>
    /// <param name="booksToo">Whether the books were written with it: with an order they were written before.</param>
    public void Recorded(TickReport report, bool booksToo)
    {
        if (booksToo && report.Books is { } books && books.TryGet(out var after, out _))
            Booked(after);
        if (report.Trading is not { } trading)
            return;
        Never(trading.NewMode is not null, "the engine doubted a store that had lost nothing", trading.NewMode?.Reason ?? "");
        Halted |= trading.NewHalt is not null;
        foreach (var order in trading.Finished)
            Settle(order);
    }

    /// <summary>
    /// The exchange has taken an order. Its id is that of its tick, or of the tick whose proposal the owner has approved: one order under each.
    /// </summary>
    public void Accepted(ApprovedOrder order, PaperOrder taken)
    {
        var (id, open) = (order.Intent.ClientOrderId, world.Trading.Open);
        accepted[id] = accepted.GetValueOrDefault(id) + 1;
        Never(world.Options.Mode == Mode.Observe, "observe placed an order", id);
        Never(accepted[id] > 1, "the exchange took two orders with one id", id);
        if (!intents.TryGetValue(id, out var intent))
            Broken("an order was taken that no intent stands for", id);
        else
            Never(
                taken.Quantity != intent.Quantity || taken.Side != intent.Side || (intent.Limit is { } limit && taken.Price != limit),
                "an order was taken that is not the one on record", id);
        Never(open?.ClientOrderId != id, "an order was taken while it was not the open one", $"{id}, open is {open?.ClientOrderId ?? "none"}");
    }

    /// <summary>What is true between any two events.</summary>
    public void Look()
    {
        if (world.Trading.Open is { } open)
        {
            Never(!intents.ContainsKey(open.ClientOrderId), "the store holds an intent that was never recorded", open.ClientOrderId);
            Never(settled.Contains(open.ClientOrderId), "a settled order is open again", open.ClientOrderId);
        }
    }

    /// <summary>Every order that the store reports as known is what the exchange knows of it.</summary>
    private void Settle(OrderReport order)
    {
        var id = order.ClientOrderId;
        Never(!settled.Add(id), "an order was settled twice", id);
        var truth = world.Engine.Find(new PaperOrderKey(null, null, id), world.Agenda.Now).TryGet(out var found, out _) ? found : null;
        if (truth is null)
        {
            Never(order.Executed != Quantity.Zero, "a fill was reported of an order that the exchange never took", id);
            Never(order.Outcome is not (OrderOutcome.Unfilled or OrderOutcome.Rejected), $"{order.Outcome} was reported of an order that the exchange never took", id);
            return;
        }
        Never(truth.IsOpen, "an order was settled that is still open", id);
        Never(order.Outcome == OrderOutcome.Rejected, "an order was reported as rejected that the exchange took", id);
        Never(order.Executed != truth.Executed, "a report and the exchange differ in what was executed", $"{id}: {order.Executed} and {truth.Executed}");
        var outcome = truth.Executed >= order.Quantity ? OrderOutcome.Filled
            : truth.Executed > Quantity.Zero ? OrderOutcome.PartiallyFilled : OrderOutcome.Unfilled;
        Never(order.Outcome != outcome, "a report gives an order another outcome than the exchange", $"{id}: {order.Outcome} and {outcome}");
        Never(order.Average is { } average && average != truth.ExecutedValue.Per(truth.Executed), "a report gives an order another price than the exchange", id);
        if (order.Fee is { } fee)
        {
            var fills = world.Engine.Trades(new PaperTradeFilter(world.Symbol.Name, truth.Id), 1000, world.Agenda.Now);
            Never(fee != fills.Sum(fill => world.Habits.Charged(fill.ForBooks()).Fee), "a report gives an order another fee than the exchange", id);
        }
    }

    private void Booked(BooksAfter books)
    {
        foreach (var id in books.NewTrades.Select(trade => trade.Id).Concat(books.NewMovements.Select(movement => movement.Id)))
            Never(!booked.Add(id), "an entry was booked twice", id);
    }

    private void Never(bool happened, string rule, string detail)
    {
        if (happened)
            Broken(rule, detail);
    }

    private void Broken(string rule, string detail) => world.Break(rule, detail);
}

/// <summary>The true store, seen by the witness.</summary>
internal sealed class WitnessedStore(IStore store, World world) : PassingStore(store)
{
    private Mode? seen;

    public override async Task<LeaseAnswer> TakeLeaseAsync(TickId tick, string holder, TimeSpan lifetime)
    {
        var answer = await Store.TakeLeaseAsync(tick, holder, lifetime);
        if (answer is LeaseAnswer.Granted granted)
            (world.NewestEpoch, world.NewestHolder) = (granted.Lease.Epoch, holder);
        return answer;
    }

    public override Task<StoredState> ReadAsync()
    {
        seen = world.Trading.Mode?.Mode;
        return Store.ReadAsync();
    }

    public override async Task<BeginAnswer> BeginOrderAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember)
    {
        world.StoreTouched = true;
        var answer = await Store.BeginOrderAsync(lease, report, rulesToRemember);
        world.Note($"  store: epoch {lease.Epoch} begins {report.Trading?.Open?.ClientOrderId}: {answer}");
        if (answer != BeginAnswer.Begun)
            return answer;
        world.Witness.Wrote(lease);
        world.Witness.Begun(report, seen);
        return answer;
    }

    public override async Task<bool> CommitAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember) =>
        Told(lease, report, "commits", await Store.CommitAsync(lease, report, rulesToRemember), booksToo: true);

    public override async Task<bool> FinishOrderAsync(Lease lease, TickReport report) =>
        Told(lease, report, "finishes", await Store.FinishOrderAsync(lease, report), booksToo: false);

    private bool Told(Lease lease, TickReport report, string what, bool written, bool booksToo)
    {
        world.StoreTouched = true;
        var order = report.Order is { } own ? $" {own.Outcome} {own.Executed} ({own.Reason})" : "";
        var earlier = report.Settled is { } other ? $" settled {other.ClientOrderId} {other.Outcome} {other.Executed}" : "";
        world.Note($"  store: epoch {lease.Epoch} {what}: {written}{order}{earlier}");
        if (!written)
            return false;
        world.Witness.Wrote(lease);
        world.Witness.Recorded(report, booksToo);
        return true;
    }
}

/// <summary>The true exchange, seen by the witness.</summary>
internal sealed class WitnessedExchange(IExchange exchange, World world) : PassingExchange(exchange)
{
    public override async Task<Result<string>> PlaceAsync(ApprovedOrder order, CancellationToken cancel)
    {
        var answer = await Exchange.PlaceAsync(order, cancel);
        world.Note($"  exchange: {order.Intent.ClientOrderId} {(answer.TryGet(out var id, out var refusal) ? id : refusal.Reason)}");
        if (answer.Failure is null)
            world.Took(order);
        return answer;
    }
}
