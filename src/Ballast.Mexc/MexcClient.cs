using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Trading;
using Ballast.Mexc.Wire;

namespace Ballast.Mexc;

/// <summary>
/// MEXC spot v3, typed: the calls that a tick and its orders need. Failures are values: Rejected (the exchange said no),
/// RateLimited, Unavailable (nothing usable came back, asking again is safe), BadData (an answer that makes no sense, naming the
/// field), and for orders and cancellations UnknownOutcome. Only the caller's own cancellation is thrown.
/// </summary>
public sealed class MexcClient : IDisposable
{
    /// <summary>The most rows the exchange gives; some pages say 100, and it cuts rather than refuses.</summary>
    private const int MostTrades = 1000;

    /// <summary>The most rows of either wallet history; the exchange gives no way to turn the page.</summary>
    internal const int MostTransfers = 1000;

    private const int DepthRows = 100;

    /// <summary>More than the minutes of an hour and the one that is asked for.</summary>
    private const int MostCandles = 100;

    private readonly MexcTransport transport;

    /// <param name="handler">Disposed with the client; <see cref="MexcHandler.Create"/> makes the right one.</param>
    /// <param name="random">Scatters the waits between repeats.</param>
    public MexcClient(MexcOptions options, HttpMessageHandler handler, TimeProvider time, Random random) =>
        transport = new MexcTransport(options, handler, time, random);

    /// <summary>For <see cref="MexcCheckup"/>, so that both keep the same peace when the exchange asks for fewer calls.</summary>
    internal MexcTransport Transport => transport;

    public void Dispose() => transport.Dispose();

    public async Task<Result<DateTimeOffset>> TimeAsync(CancellationToken cancel) =>
        (await transport.SendAsync(Endpoint.Time, RequestQuery.Empty, cancel)).TryGet(out var payload, out var failure)
            ? WireTime.Read(payload)
            : failure;

    /// <summary>Rejected for a symbol that the exchange does not list.</summary>
    public async Task<Result<SymbolRules>> RulesAsync(Symbol symbol, CancellationToken cancel) =>
        (await transport.SendAsync(Endpoint.ExchangeInfo, About(symbol), cancel)).TryGet(out var payload, out var failure)
            ? WireSymbols.Read(payload, symbol)
            : failure;

    /// <summary>As <see cref="RulesAsync"/>, with what a paper exchange needs to list the pair as well.</summary>
    /// <param name="market">What is to stand behind it.</param>
    public async Task<Result<Listing>> ListingAsync(Symbol symbol, Func<DateTimeOffset, MarketBook> market, CancellationToken cancel) =>
        (await transport.SendAsync(Endpoint.ExchangeInfo, About(symbol), cancel)).TryGet(out var payload, out var failure)
            ? WireListings.Read(payload, symbol, market)
            : failure;

    /// <summary>By exact asset name; an asset that is not listed is zero.</summary>
    public async Task<Result<Balances>> BalancesAsync(CancellationToken cancel) =>
        (await transport.SendAsync(Endpoint.Account, RequestQuery.Empty, cancel)).TryGet(out var payload, out var failure)
            ? WireAccount.Read(payload, transport.Foreign)
            : failure;

    /// <summary>As shown, whatever its sign.</summary>
    public async Task<Result<Price>> LastPriceAsync(Symbol symbol, CancellationToken cancel) =>
        (await transport.SendAsync(Endpoint.LastPrice, About(symbol), cancel)).TryGet(out var payload, out var failure)
            ? WireTicker.ReadLast(payload, symbol)
            : failure;

    public async Task<Result<BestPrices>> BestPricesAsync(Symbol symbol, CancellationToken cancel) =>
        (await transport.SendAsync(Endpoint.BookTicker, About(symbol), cancel)).TryGet(out var payload, out var failure)
            ? WireTicker.ReadBest(payload, symbol)
            : failure;

    /// <summary>As the exchange computes it, over five minutes.</summary>
    public async Task<Result<Price>> AveragePriceAsync(Symbol symbol, CancellationToken cancel) =>
        (await transport.SendAsync(Endpoint.AveragePrice, About(symbol), cancel)).TryGet(out var payload, out var failure)
            ? WireTicker.ReadAverage(payload, symbol)
            : failure;

    /// <summary>The best 100 levels of either side.</summary>
    public async Task<Result<Depth>> DepthAsync(Symbol symbol, CancellationToken cancel) =>
        (await transport.SendAsync(Endpoint.Depth, About(symbol).And("limit", DepthRows), cancel)).TryGet(out var payload, out var failure)
            ? WireDepth.Read(payload, symbol)
            : failure;

    /// <summary>
    /// Close of the minute that <paramref name="time"/> falls into, or of the last one in the hour before it in which the pair was traded;
    /// BadData when there is none.
    /// </summary>
    public async Task<Result<Price>> CloseAsync(Symbol symbol, DateTimeOffset time, CancellationToken cancel)
    {
        var minute = time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerMinute));
        var earliest = minute.AddHours(-1);
        // The end is exclusive; start and end count only together.
        var query = About(symbol)
            .And("interval", "1m")
            .And("startTime", earliest.ToUnixTimeMilliseconds())
            .And("endTime", minute.AddMinutes(1).ToUnixTimeMilliseconds())
            .And("limit", MostCandles);
        return (await transport.SendAsync(Endpoint.Candles, query, cancel)).TryGet(out var payload, out var failure)
            ? WireCandle.ReadLastClose(payload, symbol, earliest, minute)
            : failure;
    }

    /// <summary>
    /// As the exchange gives them, oldest first; the two ends of the window, the latter exclusive, count together only. It has been seen to
    /// ignore them.
    /// </summary>
    /// <param name="interval">The exchange's own word, such as <c>60m</c>.</param>
    public async Task<Result<IReadOnlyList<Candle>>> CandlesAsync(
        Symbol symbol, string interval, DateTimeOffset? from, DateTimeOffset? to, int limit, CancellationToken cancel)
    {
        var query = About(symbol).And("interval", interval);
        if (from is { } start && to is { } end)
            query = query.And("startTime", start.ToUnixTimeMilliseconds()).And("endTime", end.ToUnixTimeMilliseconds());
        return (await transport.SendAsync(Endpoint.Candles, query.And("limit", limit), cancel)).TryGet(out var payload, out var failure)
            ? WireCandle.ReadAll(payload, symbol)
            : failure;
    }

    /// <summary>What was traded last by anybody, newest first.</summary>
    /// <param name="limit">1 to 1000.</param>
    public async Task<Result<IReadOnlyList<Print>>> PrintsAsync(Symbol symbol, int limit, CancellationToken cancel) =>
        (await transport.SendAsync(Endpoint.Trades, About(symbol).And("limit", limit), cancel)).TryGet(out var payload, out var failure)
            ? WirePrint.Read(payload, symbol)
            : failure;

    /// <summary>Of every asset; see <see cref="IExchange.WalletAsync"/> for the window.</summary>
    public async Task<Result<IReadOnlyList<WalletRow>>> DepositsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        (await transport.SendAsync(Endpoint.Deposits, Transfers(from, to), cancel)).TryGet(out var payload, out var failure)
            ? WireDeposit.Read(payload, transport.Foreign)
            : failure;

    /// <summary>As <see cref="DepositsAsync"/>; units are negative.</summary>
    public async Task<Result<IReadOnlyList<WalletRow>>> WithdrawalsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        (await transport.SendAsync(Endpoint.Withdrawals, Transfers(from, to), cancel)).TryGet(out var payload, out var failure)
            ? WireWithdrawal.Read(payload, transport.Foreign)
            : failure;

    /// <summary>Newest first, at most 1000; the exchange forgets after a month at the latest. Rows may appear twice.</summary>
    public async Task<Result<IReadOnlyList<Trade>>> TradesAsync(
        Symbol symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var query = About(symbol)
            .And("startTime", from.ToUnixTimeMilliseconds())
            .And("endTime", to.ToUnixTimeMilliseconds())
            .And("limit", MostTrades);
        return (await transport.SendAsync(Endpoint.MyTrades, query, cancel)).TryGet(out var payload, out var failure)
            ? WireTrade.Read(payload, symbol, transport.Foreign)
            : failure;
    }

    /// <summary>
    /// Sent exactly once. UnknownOutcome means that the order may stand: look it up by its client order id before sending another.
    /// Unavailable means that it never left.
    /// </summary>
    /// <param name="signedAt">By our clock; the exchange refuses what arrives more than a receive window later. Null is now.</param>
    public async Task<Result<OrderAck>> PlaceAsync(NewOrder order, CancellationToken cancel, DateTimeOffset? signedAt = null)
    {
        if (order.Check() is { } unfit) return unfit;
        if (!(await transport.SendAsync(Endpoint.PlaceOrder, order.Query(), cancel, signedAt)).TryGet(out var payload, out var failure))
            return failure;
        return WireOrder.ReadAck(payload).TryGet(out var ack, out failure)
            ? ack
            : AnswerJudge.NoClearAnswer(Endpoint.PlaceOrder, "the answer does not name the order");
    }

    /// <summary>Asks whether the exchange would take the order; nothing is placed. Null when it would.</summary>
    public async Task<Failure?> TestAsync(NewOrder order, CancellationToken cancel) =>
        order.Check() ?? (await transport.SendAsync(Endpoint.TestOrder, order.Query(), cancel)).Failure;

    /// <summary>
    /// Rejected with <see cref="Failure.NoSuchOrder"/> for an unknown order, which an order sent a moment ago may still be.
    /// </summary>
    public async Task<Result<OrderState>> OrderAsync(Symbol symbol, OrderReference order, CancellationToken cancel) =>
        (await transport.SendAsync(Endpoint.Order, order.AddTo(About(symbol)), cancel)).TryGet(out var payload, out var failure)
            ? WireOrder.ReadState(payload, order)
            : failure;

    /// <summary>Sent exactly once. Rejected with <see cref="ErrorCode.UnknownOrder"/> when there is nothing left to cancel.</summary>
    public async Task<Result<CancelAck>> CancelAsync(Symbol symbol, OrderReference order, CancellationToken cancel)
    {
        if (!(await transport.SendAsync(Endpoint.CancelOrder, order.AddTo(About(symbol)), cancel)).TryGet(out var payload, out var failure))
            return failure;
        return WireOrder.ReadCancel(payload).TryGet(out var ack, out failure)
            ? ack
            : AnswerJudge.NoClearAnswer(Endpoint.CancelOrder, "the answer does not name the order");
    }

    /// <summary>Rows may include orders that are no longer open; their status says so.</summary>
    public async Task<Result<IReadOnlyList<OrderState>>> OpenOrdersAsync(Symbol symbol, CancellationToken cancel) =>
        (await transport.SendAsync(Endpoint.OpenOrders, About(symbol), cancel)).TryGet(out var payload, out var failure)
            ? WireOrder.ReadStates(Endpoint.OpenOrders, payload, transport.Foreign)
            : failure;

    /// <summary>Open and final ones placed from a time on; at most 1000, and none older than a week.</summary>
    public async Task<Result<IReadOnlyList<OrderState>>> OrdersAsync(Symbol symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var query = About(symbol)
            .And("startTime", from.ToUnixTimeMilliseconds())
            .And("endTime", to.ToUnixTimeMilliseconds())
            .And("limit", MostTrades);
        return (await transport.SendAsync(Endpoint.AllOrders, query, cancel)).TryGet(out var payload, out var failure)
            ? WireOrder.ReadStates(Endpoint.AllOrders, payload, transport.Foreign)
            : failure;
    }

    private static RequestQuery Transfers(DateTimeOffset from, DateTimeOffset to) => RequestQuery.Empty
        .And("startTime", from.ToUnixTimeMilliseconds())
        .And("endTime", to.ToUnixTimeMilliseconds())
        .And("limit", MostTransfers);

    private static RequestQuery About(Symbol symbol) => RequestQuery.Empty.And("symbol", symbol.Name);
}
