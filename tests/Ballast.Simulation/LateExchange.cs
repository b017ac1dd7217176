using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Trading;

namespace Ballast.Simulation;

/// <summary>
/// The habits of a real exchange: an order that it has just taken is not found, or looks open, for some seconds; rows of trades and of the
/// wallet come late; the book that it shows is thicker than the one that it has; it does not take every type of order.
/// </summary>
internal sealed class LateExchange(IExchange exchange, World world, Habits habits) : PassingExchange(exchange)
{
    public override Task<Result<string>> PlaceAsync(ApprovedOrder order, CancellationToken cancel)
    {
        if (order.Intent.Type == habits.RefusedType)
        {
            world.Faults.Count(FaultKind.TypeRefused);
            return Task.FromResult<Result<string>>(Refusals.OrderType);
        }
        habits.Took(order.Intent.ClientOrderId);
        return Exchange.PlaceAsync(order, cancel);
    }

    public override async Task<Result<OrderState>> OrderAsync(Symbol symbol, string clientOrderId, CancellationToken cancel) =>
        habits.Hides(clientOrderId) ? Refusals.OrderDoesNotExist
        : (await Exchange.OrderAsync(symbol, clientOrderId, cancel)).TryGet(out var state, out var failure) ? habits.Seen(state) : failure;

    public override async Task<Result<IReadOnlyList<OrderState>>> RecentOrdersAsync(Symbol symbol, DateTimeOffset from, CancellationToken cancel) =>
        Shown(await Exchange.RecentOrdersAsync(symbol, from, cancel));

    public override async Task<Result<IReadOnlyList<OrderState>>> OpenOrdersAsync(Symbol symbol, CancellationToken cancel) =>
        Shown(await Exchange.OpenOrdersAsync(symbol, cancel));

    public override async Task<Result<IReadOnlyList<Trade>>> TradesAsync(Symbol symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        (await Exchange.TradesAsync(symbol, from, to, cancel)).TryGet(out var trades, out var failure)
            ? Result<IReadOnlyList<Trade>>.Of([.. trades.Where(trade => habits.Shows(FaultKind.TradeDelayed, trade.Id, trade.Time)).Select(habits.Charged)])
            : failure;

    public override async Task<Result<IReadOnlyList<WalletRow>>> WalletAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        (await Exchange.WalletAsync(from, to, cancel)).TryGet(out var rows, out var failure)
            ? Result<IReadOnlyList<WalletRow>>.Of([.. rows.Where(row => habits.Shows(FaultKind.WalletDelayed, row.Id, row.Time))])
            : failure;

    public override Task<Result<Price>> PriceOfAsync(string asset, string quote, CancellationToken cancel) =>
        asset == Habits.FeeAsset ? Task.FromResult<Result<Price>>(Habits.FeePrice) : base.PriceOfAsync(asset, quote, cancel);

    public override async Task<Result<Depth>> DepthAsync(Symbol symbol, CancellationToken cancel)
    {
        if (!(await Exchange.DepthAsync(symbol, cancel)).TryGet(out var depth, out var failure))
            return failure;
        return habits.ShowsThickBook() ? new Depth(Thicker(depth.Bids), Thicker(depth.Asks)) : depth;
    }

    private static Level[] Thicker(IReadOnlyList<Level> side) =>
        [.. side.Select(level => level with { Quantity = level.Quantity + level.Quantity + level.Quantity })];

    private Result<IReadOnlyList<OrderState>> Shown(Result<IReadOnlyList<OrderState>> orders) => orders.TryGet(out var all, out var failure)
        ? Result<IReadOnlyList<OrderState>>.Of([.. all.Where(order => order.ClientOrderId is not { } id || !habits.Hides(id)).Select(habits.Seen)])
        : failure;
}

/// <summary>What the exchange shows when; the same for everybody who asks.</summary>
/// <param name="feesInMx">Whether fees are taken from a third asset that the account holds besides.</param>
internal sealed class Habits(World world, Chance chance, OrderType? refused, bool feesInMx)
{
    public const string FeeAsset = "MX";
    public static readonly Price FeePrice = new(2.5m);

    /// <summary>Shorter than the two minutes after which an order that is not found counts as lost, with every clock's error.</summary>
    private const int LongestHiddenSeconds = 40;

    private readonly Dictionary<string, DateTimeOffset> hidden = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> shown = new(StringComparer.Ordinal);

    /// <summary>Null when it takes all of them.</summary>
    public OrderType? RefusedType => refused;

    public void Took(string id)
    {
        if (world.Faults.Strikes(FaultKind.OrderHidden, world.Faults.Lags))
            hidden[id] = world.Agenda.Now + chance.Milliseconds(100, LongestHiddenSeconds * 1000);
        if (world.Faults.Strikes(FaultKind.OrderNotFinalYet, world.Faults.Lags))
            open[id] = world.Agenda.Now + chance.Milliseconds(100, LongestHiddenSeconds * 1000);
    }

    /// <summary>A habit that does not end with the faults.</summary>
    public bool ShowsThickBook()
    {
        if (!chance.PerMille(world.Faults.Lags))
            return false;
        world.Faults.Count(FaultKind.DepthStale);
        return true;
    }

    public bool Hides(string id) => hidden.TryGetValue(id, out var until) && until > world.Agenda.Now;

    public Trade Charged(Trade row) => feesInMx ? row with { FeeAsset = FeeAsset, Fee = decimal.Round(row.Value.Value / 6250, 8) } : row;

    public OrderState Seen(OrderState order) => order.ClientOrderId is { } id && open.TryGetValue(id, out var until) && until > world.Agenda.Now
        ? order with { Status = OrderStatus.New, Executed = Quantity.Zero, CumulativeQuote = Amount.Zero }
        : order;

    public bool Shows(FaultKind delay, string row, DateTimeOffset made)
    {
        if (!shown.TryGetValue(row, out var from))
        {
            if (feesInMx && delay == FaultKind.TradeDelayed)
                world.Faults.Count(FaultKind.FeeInThirdAsset);
            shown[row] = from = world.Faults.Strikes(delay, world.Faults.Lags) ? made + chance.Seconds(1, 900) : made;
        }
        return from <= world.Agenda.Now;
    }
}
