using System.Globalization;
using Ballast.Core.Books;
using Ballast.Core.Planning;

namespace Ballast.Core.Trading;

/// <summary>One condition that an order has to meet, with its number, its limit, and a sentence that says what it means.</summary>
public sealed record Guard(string Name, decimal Value, decimal Limit, bool Passed, string Sentence);

/// <summary>All that is known of the market and of the portfolio when an order is decided.</summary>
public sealed record GuardInputs
{
    public required Plan Plan { get; init; }
    public required Snapshot Snapshot { get; init; }
    public required SymbolRules Rules { get; init; }
    public required SafetyLimits Limits { get; init; }
    public required TradingState State { get; init; }
    public required Quote Quote { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required TimeSpan MaxQuoteAge { get; init; }
    public required Mode Mode { get; init; }

    /// <summary>An approved proposal that this order carries out; null when there is none.</summary>
    public required Proposal? Approval { get; init; }

    public required Halt? Halt { get; init; }

    /// <summary>An order of ours whose outcome is not known yet.</summary>
    public required OrderIntent? Unsettled { get; init; }

    /// <summary>Whether this tick's order has left before, in whatever attempt.</summary>
    public required bool AlreadyOrdered { get; init; }

    /// <summary>Orders of the account that are open on the pair.</summary>
    public required Result<IReadOnlyList<OrderState>> OpenOrders { get; init; }

    /// <summary>Null when there are no books yet.</summary>
    public required Standing? Standing { get; init; }

    public required Result<Depth> Depth { get; init; }
    public required Result<Price> AveragePrice { get; init; }

    /// <summary>What was moved in less what was moved out since the books were opened, in quote.</summary>
    public required Amount Moved { get; init; }

    /// <summary>Null when the order book could not be read. An approval is for what was proposed: more is not wanted, whatever is planned now.</summary>
    public OrderSize? Size => Depth.TryGet(out var depth, out _) ? OrderSize.Of(Wanted, depth, Snapshot, Limits.MaxSlippage, Rules) : null;

    private Plan Wanted => Approval is { } proposal ? Plan with { Quantity = Quantity.Min(Plan.Quantity, proposal.Quantity) } : Plan;
}

/// <summary>
/// The guards of an order: small pure functions, all of them evaluated and reported. In the order in which they stand, the first one that
/// does not pass names the refusal.
/// </summary>
public static class Guards
{
    /// <summary>The names of all guards; those of a purchase, of a sale and of an approval among them.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "halt", "mode", "symbol_tradable", "unsettled_order", "one_order_a_tick", "open_orders", "books_proven",
        "price_age", "spread", "price_jump", "price_jump_5m",
        "slippage", "order_quantity", "order_notional_min", "order_notional_max",
        "daily_notional", "daily_orders", "min_interval",
        "base_reserve", "quote_reserve", "free", "drawdown", "price_fence",
    ];

    public static IReadOnlyList<Guard> Evaluate(GuardInputs inputs)
    {
        var size = inputs.Size;
        var quantity = size?.Quantity ?? Quantity.Zero;
        var notional = quantity * inputs.Plan.Price;
        return
        [
            .. Permissions(inputs),
            .. Market(inputs),
            .. Sizes(inputs, size, quantity, notional),
            .. Rhythm(inputs, notional),
            .. Portfolio(inputs, quantity, size?.Bound ?? inputs.Plan.Price),
        ];
    }

    private static IEnumerable<Guard> Permissions(GuardInputs inputs)
    {
        yield return Is("halt", inputs.Halt is null, inputs.Halt is { } halt ? $"trading is halted by {halt.By}: {halt.Reason}" : "trading is not halted");
        yield return Is("mode", inputs.Mode == Mode.Auto || inputs is { Mode: Mode.Approve, Approval.ApprovedBy: not null }, inputs switch
        {
            { Mode: Mode.Auto } => "the mode lets orders leave",
            { Mode: Mode.Approve, Approval.ApprovedBy: { } by } => $"approved by {by}",
            _ => "the mode lets no order leave by itself",
        });
        yield return Is("symbol_tradable", inputs.Rules.Tradable, $"the exchange {(inputs.Rules.Tradable ? "takes" : "does not take")} orders for {inputs.Rules.Symbol} through its API");
        yield return Is("unsettled_order", inputs.Unsettled is null, inputs.Unsettled is { } open
            ? $"what became of the order {open.ClientOrderId} is not known yet" : "no order of ours is unsettled");
        yield return Is("one_order_a_tick", !inputs.AlreadyOrdered, inputs.AlreadyOrdered ? "this tick has ordered already" : "this tick has not ordered yet");
        yield return inputs.OpenOrders.TryGet(out var orders, out var failure)
            ? new Guard("open_orders", orders.Count, 0, orders.Count == 0, orders.Count == 0 ? "no order is open on the pair" : "orders are open on the pair; cancel them, or wait for them")
            : new Guard("open_orders", 0, 0, false, $"open orders could not be read: {failure.Reason}");
        var proven = inputs.Standing is { Balanced: true } || !inputs.Limits.RequireProvenBooks;
        yield return Is("books_proven", proven, proven ? "the books balance, or need not"
            : inputs.Standing is null ? "there are no books yet" : $"the books are unproven: {inputs.Standing.Explain(inputs.Rules.Base, inputs.Rules.Quote)}");
    }

    private static IEnumerable<Guard> Market(GuardInputs inputs)
    {
        var (price, limits) = (inputs.Plan.Price, inputs.Limits);
        var age = (decimal)(inputs.Now - inputs.Quote.ObservedAt).Ticks / TimeSpan.TicksPerSecond;
        yield return AtMost("price_age", age, (decimal)inputs.MaxQuoteAge.Ticks / TimeSpan.TicksPerSecond, "seconds since the price was asked for");
        yield return inputs.Quote is { Bid: { } bid, Ask: { } ask } && price > Price.Zero
            ? AtMost("spread", (ask - bid).Value / price.Value, limits.MaxSpread.Value, "gap between bid and ask, as a share of the price")
            : Is("spread", false, "the order book is one-sided");
        yield return inputs.State.LastPrice is { } last && last > Price.Zero
            ? AtMost("price_jump", Math.Abs(price.Value / last.Value - 1), limits.MaxPriceJump.Value, "change of the price against the tick before")
            : Is("price_jump", true, "no earlier tick has seen a price");
        yield return inputs.AveragePrice.TryGet(out var average, out var failure) && average > Price.Zero
            ? AtMost("price_jump_5m", Math.Abs(price.Value / average.Value - 1), limits.MaxPriceJump.Value, "change of the price against the average of five minutes")
            : Is("price_jump_5m", inputs.State.LastPrice is not null, inputs.State.LastPrice is not null
                ? "the average of five minutes could not be read; the tick before stands in for it"
                : $"neither an earlier price nor the average of five minutes is known: {failure?.Reason ?? "it is not above 0"}");
    }

    private static IEnumerable<Guard> Sizes(GuardInputs inputs, OrderSize? size, Quantity quantity, Amount notional)
    {
        var (rules, limits) = (inputs.Rules, inputs.Limits);
        yield return size is not null
            ? AtMost("slippage", size.Slippage(inputs.Plan).Value, limits.MaxSlippage.Value, "how much worse than planned the order would fill, walking the order book")
            : Is("slippage", false, $"the order book could not be read: {inputs.Depth.Failure?.Reason}");
        var least = rules.MinQuantity > rules.QuantityStep ? rules.MinQuantity : rules.QuantityStep;
        yield return AtLeast("order_quantity", quantity.Value, least.Value, "units that the order book offers within the price bound and that can be paid for");
        yield return AtLeast("order_notional_min", notional.Value, rules.MinNotional.Value, "value of the order, against the exchange's minimum");
        var most = rules.MaxNotional is { } theirs && !(limits.MaxOrderNotional <= theirs) ? theirs : limits.MaxOrderNotional;
        yield return most is { } limit
            ? AtMost("order_notional_max", notional.Value, limit.Value, "value of the order")
            : Is("order_notional_max", false, "no largest order value is set");
    }

    private static IEnumerable<Guard> Rhythm(GuardInputs inputs, Amount notional)
    {
        var (today, limits) = (inputs.State.On(inputs.Now), inputs.Limits);
        yield return limits.MaxDailyNotional is { } most
            ? AtMost("daily_notional", (today.DayNotional + notional).Value, most.Value, "value of today's orders with this one")
            : Is("daily_notional", false, "no largest value of a day is set");
        yield return AtMost("daily_orders", today.DayOrders + 1, limits.MaxDailyOrders, "today's orders with this one");

        // Ticks come a little early or late: minutes are counted whole, to the nearest.
        yield return today.LastOrderAt is { } last
            ? AtLeast("min_interval", decimal.Round((decimal)(inputs.Now - last).Ticks / TimeSpan.TicksPerMinute), limits.MinMinutesBetweenOrders, "minutes since the last order")
            : Is("min_interval", true, "no order has left before");
    }

    private static IEnumerable<Guard> Portfolio(GuardInputs inputs, Quantity quantity, Price bound)
    {
        var (snapshot, limits, sells) = (inputs.Snapshot, inputs.Limits, inputs.Plan.Action == Decision.Sell);
        var cost = quantity * bound.WithFee(inputs.Rules.TakerFee);
        yield return sells
            ? AtLeast("base_reserve", (snapshot.BaseTotal - quantity).Value, limits.BaseReserve.Value, "coins left after the order")
            : AtLeast("quote_reserve", (snapshot.QuoteTotal - cost).Value, limits.QuoteReserve.Value, "quote left after the order, at the worst price with its fee");
        yield return sells
            ? AtMost("free", quantity.Value, snapshot.BaseFree.Value, "coins to sell, against those that are free")
            : AtMost("free", cost.Value, snapshot.QuoteFree.Value, "quote to spend at the worst price with its fee, against what is free");
        yield return AtMost(
            "drawdown", inputs.State.Drawdown(inputs.Plan.TotalValue, inputs.Moved).Value, limits.MaxDrawdown.Value, "fall of the value from its highest");
        if (inputs.Approval is { } proposal)
        {
            yield return proposal.Price > Price.Zero
                ? AtMost(
                    "price_fence", Math.Abs(inputs.Plan.Price.Value / proposal.Price.Value - 1), limits.ProposalFence.Value,
                    "change of the price since the proposal")
                : Is("price_fence", false, "the proposal has no price to compare with");
        }
    }

    private static Guard Is(string name, bool passed, string sentence) => new(name, passed ? 1 : 0, 1, passed, sentence);

    private static Guard AtMost(string name, decimal value, decimal limit, string what) => new(name, value, limit, value <= limit, Sentence(what, value, "at most", limit));

    private static Guard AtLeast(string name, decimal value, decimal limit, string what) => new(name, value, limit, value >= limit, Sentence(what, value, "at least", limit));

    private static string Sentence(string what, decimal value, string word, decimal limit) => string.Create(
        CultureInfo.InvariantCulture, $"{what}: {Shown(value)}, {word} {Shown(limit)}");

    private static string Shown(decimal value) => Decimals.Text(decimal.Round(value, 8));
}
