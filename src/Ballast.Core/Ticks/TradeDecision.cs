using Ballast.Core.Books;
using Ballast.Core.Planning;
using Ballast.Core.Trading;

namespace Ballast.Core.Ticks;

/// <summary>What a tick does about orders, pure: everything known goes in; an order, a proposal or the reason for neither comes out.</summary>
/// <param name="Approved">What may leave once it is on record; null when nothing may.</param>
/// <param name="Order">For the report; null when nothing was to be traded, and in observe.</param>
/// <param name="After">What is to be remembered, with the approved order in it.</param>
internal sealed record TradeDecision(ApprovedOrder? Approved, OrderReport? Order, TradingAfter After, Mode Mode)
{
    /// <summary>How long a proposal may be approved at most; the next tick takes it away before that.</summary>
    private static readonly TimeSpan LongestProposal = TimeSpan.FromHours(1);

    /// <summary>Who halts and falls back where nobody did.</summary>
    private const string Self = "Ballast";

    public static TradeDecision Of(
        TickRequest request, TickOptions options, Readings readings, StoredTrading stored, Settlement settlement, Result<BooksAfter>? books,
        Result<Plan> plan, string? doubt)
    {
        var mode = ModeOf(options, stored, doubt);
        var after = new TradingAfter
        {
            State = stored.State.On(readings.At),
            Open = settlement.Open,
            Finished = settlement.Finished is { } finished ? [finished] : [],
            NewMode = doubt is not null && options.Mode != Mode.Observe && stored.Mode?.Mode != Mode.Observe
                ? new ModeChange(Mode.Observe, readings.At, Self, doubt) : null,
        };
        var failed = books?.Failure is not null || plan.Failure is not null;
        if (!plan.TryGet(out var made, out _))
            return new TradeDecision(null, null, Concluded(after, failed, options, readings), mode);

        var moved = Moved(books, readings);
        var seen = after with { State = after.State.Saw(made.Price, made.TotalValue, moved) };
        if (made.Action == Decision.Hold || mode == Mode.Observe || readings.Market is not { } market)
            return new TradeDecision(null, null, Concluded(seen, failed, options, readings), mode);

        var inputs = Inputs(request, options, readings, stored, settlement, books, made, market, mode, moved);
        var approved = ApprovedOrder.Approve(inputs, request.Id.Text, out var guards);
        if (approved is not null)
        {
            var sent = seen with { Open = approved.Intent, State = seen.State.Ordered(approved.Intent) };
            return new TradeDecision(approved, OrderReport.Of(approved.Intent, OrderOutcome.Unknown, "under way", guards), sent, mode);
        }
        return Waiting(request, inputs, guards, Concluded(seen, failed, options, readings), mode);
    }

    /// <summary>The order that could not leave: a proposal when its owner's word is all that it lacks, blocked otherwise.</summary>
    private static TradeDecision Waiting(TickRequest request, GuardInputs inputs, IReadOnlyList<Guard> guards, TradingAfter after, Mode mode)
    {
        var (side, size) = (inputs.Plan.Action == Decision.Buy ? Side.Buy : Side.Sell, inputs.Size);
        var first = guards.FirstOrDefault(guard => !guard.Passed && (mode != Mode.Approve || guard.Name != "mode"));
        var quantity = size?.Quantity ?? inputs.Plan.Quantity;
        var report = new OrderReport(
            first is null ? OrderOutcome.Proposed : OrderOutcome.Blocked,
            OrderIntent.IdOf(inputs.Rules.Symbol, request.Id.Text),
            side, OrderType.ImmediateOrCancel, quantity, size?.Bound, Quantity.Zero, null, null,
            first is null ? "waits for its owner until the next tick" : $"{first.Name}: {first.Sentence}",
            guards);
        var proposal = first is null
            ? new Proposal(request.Id.Text, side, quantity, inputs.Plan.Price, inputs.Now, inputs.Now + LongestProposal) : null;
        var fallen = guards.FirstOrDefault(guard => guard is { Name: "drawdown", Passed: false });
        return new TradeDecision(null, report, after with
        {
            Proposal = proposal,
            NewHalt = after.NewHalt ?? (fallen is not null && inputs.Halt is null ? new Halt(inputs.Now, Self, fallen.Sentence) : null),
        }, mode);
    }

    private static GuardInputs Inputs(
        TickRequest request, TickOptions options, Readings readings, StoredTrading stored, Settlement settlement, Result<BooksAfter>? books, Plan plan,
        MarketReadings market, Mode mode, Amount moved)
    {
        var now = readings.At;
        var side = plan.Action == Decision.Buy ? Side.Buy : Side.Sell;
        var approval = stored.Proposal is { ApprovedBy: not null } proposal && proposal.Side == side && proposal.Expires > now ? proposal : null;
        var rules = readings.Rules.TryGet(out var known, out _) ? known : throw new InvalidOperationException("a plan needs rules");
        var quote = readings.Quote.TryGet(out var seen, out _) ? seen : throw new InvalidOperationException("a plan needs a quote");
        return new GuardInputs
        {
            Plan = plan,
            Snapshot = new Snapshot(plan.Price, plan.BaseBalance, plan.BaseFree, plan.QuoteBalance, plan.QuoteFree),
            Rules = rules,
            Limits = options.Limits,
            State = stored.State,
            Quote = quote,
            Now = now,
            MaxQuoteAge = options.MaxQuoteAge,
            Mode = mode,
            Approval = approval,
            Halt = stored.Halt,
            Unsettled = settlement.Open,
            // An approval has the id of the tick that proposed it; this tick may have carried out another one before.
            AlreadyOrdered = stored.State.LastOrderTick == request.Id.Text || Ordered(OrderIntent.IdOf(rules.Symbol, approval?.Tick ?? request.Id.Text)),
            OpenOrders = market.OpenOrders,
            Standing = books is { } kept && kept.TryGet(out var after, out _) ? after.Ledger.Standing : StoredLedger(readings)?.Standing,
            Depth = market.Depth,
            AveragePrice = market.AveragePrice,
            Moved = moved,
        };

        bool Ordered(string id) => stored.Known.Contains(id) || stored.Open?.ClientOrderId == id
            || (market.RecentOrders.TryGet(out var recent, out _) && recent.Any(order => order.ClientOrderId == id));
    }

    /// <summary>The configured mode, unless a lower one was set since, or the store cannot be what it should be.</summary>
    private static Mode ModeOf(TickOptions options, StoredTrading stored, string? doubt) =>
        doubt is not null ? Mode.Observe
        : stored.Mode is { } set && set.Mode < options.Mode ? set.Mode
        : options.Mode;

    /// <summary>Counts failed ticks in a row, and halts when there are too many: a rejected order, or one of unknown outcome, is a failed tick, too.</summary>
    public static TradingAfter Concluded(TradingAfter after, bool failed, TickOptions options, Readings readings)
    {
        var failures = failed && options.Mode != Mode.Observe ? after.State.Failures + 1 : 0;
        var most = options.Limits.HaltAfterFailures;
        return most > 0 && failures >= most && after.NewHalt is null
            ? after with { NewHalt = new Halt(readings.At, Self, $"{failures} ticks in a row failed"), State = after.State with { Failures = 0 } }
            : after with { State = after.State with { Failures = failures } };
    }

    private static Amount Moved(Result<BooksAfter>? books, Readings readings)
    {
        var ledger = books is { } kept && kept.TryGet(out var after, out _) ? after.Ledger : StoredLedger(readings);
        var flows = ledger?.Refolded.Flows ?? Flows.None;
        return flows.BaseMovedValue + flows.QuoteMoved + flows.BaseCorrectedValue + flows.QuoteCorrected;
    }

    private static Ledger? StoredLedger(Readings readings) => readings.State.Ledger.TryGet(out var ledger, out _) ? ledger : null;
}
