using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Trading;

namespace Ballast.Simulation;

/// <summary>Mistakes in what is sent to the exchange and made of its answers.</summary>
internal static class ExchangeMutations
{
    public static readonly IReadOnlyList<Mutation> All =
    [
        new("post-retried", "an order of unknown outcome is sent again")
        {
            ExchangeClient = (exchange, _) => new AlteredExchange(exchange)
            {
                Place = async (inner, order) => await inner.PlaceAsync(order, default) is { Failure.Kind: not FailureKind.UnknownOutcome } known
                    ? known : await inner.PlaceAsync(order, default),
            },
        },
        new("unknown-is-rejected", "an order of unknown outcome counts as refused")
        {
            ExchangeClient = (exchange, _) => new AlteredExchange(exchange)
            {
                Place = async (inner, order) => await inner.PlaceAsync(order, default) is var answer && answer.Failure is { Kind: FailureKind.UnknownOutcome } failure
                    ? failure with { Kind = FailureKind.Rejected } : answer,
            },
        },
        new("no-receive-window", "the exchange takes orders however late they arrive")
        {
            Exchange = (exchange, world) => new AlteredExchange(exchange) { Place = (_, order) => Sent(world, order, 1) },
        },
        new("order-doubled", "twice as much is sent as is on record")
        {
            Exchange = (exchange, world) => new AlteredExchange(exchange) { Place = (_, order) => Sent(world, order, 2) },
        },
        new("acks-as-fills", "an order that was taken counts as filled")
        {
            ExchangeClient = Orders(answer => answer.TryGet(out var state, out _)
                ? state with { Status = OrderStatus.Filled, Executed = state.Quantity, CumulativeQuote = state.Price * state.Quantity } : answer),
        },
        new("not-found-is-final", "an order that is not found at once counts as never filled")
        {
            ExchangeClient = Orders(answer => answer.Failure?.Code == Failure.NoSuchOrder ? Nothing : answer),
        },
        new("no-answer-is-final", "an order that cannot be asked for counts as never filled")
        {
            ExchangeClient = Orders(answer => answer.Failure is { Kind: FailureKind.Unavailable } ? Nothing : answer),
        },
        new("partial-is-nothing", "what was filled of an order before the rest was cancelled is overlooked")
        {
            ExchangeClient = Orders(answer => answer.TryGet(out var state, out _) && state.Status == OrderStatus.PartiallyCanceled
                ? state with { Status = OrderStatus.Canceled, Executed = Quantity.Zero, CumulativeQuote = Amount.Zero } : answer),
        },
        new("open-is-final", "an order that still looks open counts as cancelled")
        {
            ExchangeClient = Orders(answer => answer.TryGet(out var state, out _) && state.Status is OrderStatus.New or OrderStatus.PartiallyFilled
                ? state with { Status = OrderStatus.Canceled } : answer),
        },
        new("never-cancels", "an order that rests is not cancelled")
        {
            ExchangeClient = (exchange, _) => new AlteredExchange(exchange) { NeverCancels = true },
        },
        new("trades-doubled", "the exchange shows every trade twice, with two ids")
        {
            Exchange = Trades(rows => [.. rows.SelectMany(row => new[] { row, row with { Id = row.Id + "b" } })]),
        },
        new("trades-dropped", "one trade in seven is never read")
        {
            Exchange = Trades(rows => [.. rows.Where(row => row.Id.Sum(letter => letter) % 7 != 0)]),
        },
        new("fees-forgotten", "trades are read without their fees")
        {
            Exchange = Trades(rows => [.. rows.Select(row => row with { Fee = 0 })]),
        },
        new("wallet-dropped", "withdrawals are not read")
        {
            Exchange = (exchange, _) => new AlteredExchange(exchange) { Wallet = rows => [.. rows.Where(row => row.Units > 0)] },
        },
        new("wallet-doubled", "a deposit is shown under two ids")
        {
            Exchange = (exchange, _) => new AlteredExchange(exchange) { Wallet = rows => [.. rows.SelectMany(row => new[] { row, row with { Id = row.Id + "b" } })] },
        },
        new("balances-stale", "balances are those of the first tick")
        {
            Exchange = (exchange, world) => new AlteredExchange(exchange) { Balances = answer => First(answer, world) },
        },
    ];

    private static readonly Result<OrderState> Nothing = new OrderState(
        "none", null, OrderStatus.Canceled, Side.Buy, null, Price.Zero, Quantity.Zero, Quantity.Zero, Amount.Zero, null);

    private static Func<IExchange, World, IExchange> Orders(Func<Result<OrderState>, Result<OrderState>> order) =>
        (exchange, _) => new AlteredExchange(exchange) { Order = order };

    private static Func<IExchange, World, IExchange> Trades(Func<IReadOnlyList<Trade>, IReadOnlyList<Trade>> trades) =>
        (exchange, _) => new AlteredExchange(exchange) { Trades = trades };

    /// <summary>Straight to the matching engine, past everything that would refuse.</summary>
    private static Task<Result<string>> Sent(World world, ApprovedOrder order, int times)
    {
        var intent = order.Intent;
        var placed = world.Engine.Place(
            new PaperOrderRequest(order.Symbol.Name, intent.Side, intent.Type, intent.ClientOrderId)
            {
                Quantity = new Quantity(decimal.Round(intent.Quantity.Value * times, 2)),
                Price = intent.Limit is { } limit ? new Price(decimal.Round(limit.Value, 6)) : null,
            },
            world.Agenda.Now);
        if (placed.Failure is null)
            world.Took(order);
        return Task.FromResult<Result<string>>(placed.TryGet(out var taken, out var refusal) ? taken.Id : refusal);
    }

    private static Result<Balances> First(Result<Balances> answer, World world)
    {
        if (answer.TryGet(out var balances, out _))
            world.Notes.TryAdd("balances", balances);
        return world.Notes.TryGetValue("balances", out var first) ? (Balances)first! : answer;
    }
}
