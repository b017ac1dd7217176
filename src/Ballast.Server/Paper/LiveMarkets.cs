using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Trading;
using Ballast.Mexc;
using Ballast.PaperExchange;

namespace Ballast.Server.Paper;

/// <summary>
/// The real exchange's public market data behind a paper exchange: its rules, its book, its last trade. Asked when a request needs it and
/// what is known is older than a second, one fetch at a time, and never in the background. What is taken from a fetched book is back with the
/// next one.
/// </summary>
public sealed class LiveMarkets : IPaperMarkets, IDisposable
{
    private const int MostPrints = 1_000;
    private const int CandlesOfADay = 290;
    private static readonly TimeSpan BookAge = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RulesAge = TimeSpan.FromMinutes(5);

    private readonly MexcClient client;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim turn = new(1, 1);
    private DateTimeOffset booksBegan;
    private DateTimeOffset rulesBegan;
    private DateTimeOffset ended;
    private Failure? failure;

    private LiveMarkets(MexcClient client, TimeProvider clock, IReadOnlyList<Listing> listings, DateTimeOffset began)
    {
        (this.client, this.clock, booksBegan, rulesBegan, ended) = (client, clock, began, began, clock.GetUtcNow());
        Opening = new PaperOpening(listings, PaperOpening.AccountFor(listings[0]));
    }

    public PaperOpening Opening { get; }

    public DateTimeOffset? EndsAt => null;

    /// <summary>The pair, and MX for fees where the exchange has it.</summary>
    /// <returns>Why the exchange cannot be asked, or does not list the pair.</returns>
    public static async Task<Result<LiveMarkets>> OpenAsync(MexcClient client, Symbol symbol, TimeProvider clock, CancellationToken cancel)
    {
        var began = clock.GetUtcNow();
        if (!(await FetchAsync(client, symbol, null, clock, cancel)).TryGet(out var listing, out var failure))
            return failure;
        if (symbol.Name == "MXUSDT" || !Symbol.Parse("MXUSDT").TryGet(out var fees, out _))
            return new LiveMarkets(client, clock, [listing], began);
        return (await FetchAsync(client, fees, null, clock, cancel)).TryGet(out var mx, out failure) ? new LiveMarkets(client, clock, [listing, mx], began)
            : failure.Kind == FailureKind.Rejected ? new LiveMarkets(client, clock, [listing], began)
            : failure;
    }

    public void Dispose()
    {
        client.Dispose();
        turn.Dispose();
    }

    public async Task<Failure?> BringUpToDateAsync(PairBoard pairs, DateTimeOffset now, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            // What another request has found out since this one came is as good as asking again, whichever way it went.
            if (ended > now)
                return failure;
            var began = clock.GetUtcNow();
            if (failure is null && began - booksBegan <= BookAge)
                return null;
            failure = await FetchAllAsync(pairs, began, cancel);
            ended = clock.GetUtcNow();
            return failure;
        }
        finally
        {
            turn.Release();
        }
    }

    public Task<Result<IReadOnlyList<Candle>>> CandlesAsync(CandleQuery query, DateTimeOffset now, CancellationToken cancel) =>
        InTurnAsync(() => client.CandlesAsync(query.Listing.Symbol, query.Interval, query.From, query.To, query.Rows, cancel), cancel);

    /// <summary>Of the newest thousand there are.</summary>
    public async Task<Result<IReadOnlyList<Print>>> PrintsAsync(
        Listing listing, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancel) =>
        (await InTurnAsync(() => client.PrintsAsync(listing.Symbol, MostPrints, cancel), cancel)).TryGet(out var prints, out var unknown)
            ? Result<IReadOnlyList<Print>>.Of([.. prints.Where(print => print.Time >= from && print.Time <= to).Take(most)])
            : unknown;

    /// <summary>Made of five-minute candles, so it begins up to five minutes early.</summary>
    public async Task<Result<Candle>> DayAsync(Listing listing, DateTimeOffset now, CancellationToken cancel)
    {
        var query = new CandleQuery(listing, "5m", now.AddDays(-1).AddMinutes(-5), now.AddMinutes(1), CandlesOfADay);
        if (!(await CandlesAsync(query, now, cancel)).TryGet(out var candles, out var unknown))
            return unknown;
        return candles is [var first, ..]
            ? new Candle(
                now.AddDays(-1), now, first.Open, candles.Max(candle => candle.High), candles.Min(candle => candle.Low), candles[^1].Close,
                new Quantity(candles.Sum(candle => candle.Volume.Value)), new Amount(candles.Sum(candle => candle.QuoteVolume.Value)))
            : Failure.BadData($"the exchange shows no candle of {listing.Symbol} for the last day");
    }

    public Task<Result<Price>> AverageAsync(Listing listing, DateTimeOffset now, CancellationToken cancel) =>
        InTurnAsync(() => client.AveragePriceAsync(listing.Symbol, cancel), cancel);

    private async Task<Result<T>> InTurnAsync<T>(Func<Task<Result<T>>> ask, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            return await ask();
        }
        finally
        {
            turn.Release();
        }
    }

    // All or nothing: pairs of one moment.
    private async Task<Failure?> FetchAllAsync(PairBoard pairs, DateTimeOffset began, CancellationToken cancel)
    {
        var rulesToo = began - rulesBegan > RulesAge;
        var fetched = await Task.WhenAll(Opening.Listings.Select(listing => FetchAsync(client, listing.Symbol, rulesToo ? null : Present(pairs, listing), clock, cancel)));
        foreach (var one in fetched)
        {
            if (!one.TryGet(out _, out var unknown))
                return unknown;
        }
        foreach (var one in fetched)
        {
            if (one.TryGet(out var listing, out _) && Refit(pairs, listing) is { } refused)
                return refused;
        }
        (booksBegan, rulesBegan) = (began, rulesToo ? began : rulesBegan);
        return null;
    }

    // Open orders have reserved by the old grid and fees; those of the first day stay until the next start.
    private Failure? Refit(PairBoard pairs, Listing fetched)
    {
        var present = Present(pairs, fetched);
        return pairs.Relist(fetched with
        {
            PriceDecimals = present.PriceDecimals,
            QuantityDecimals = present.QuantityDecimals,
            MakerFee = present.MakerFee,
            TakerFee = present.TakerFee,
            FillShare = present.FillShare,
        }, clock.GetUtcNow());
    }

    private static Listing Present(PairBoard pairs, Listing listing) => pairs.Listings.Single(present => present.Symbol == listing.Symbol);

    /// <param name="known">The pair as it is listed; null asks for its rules too.</param>
    private static async Task<Result<Listing>> FetchAsync(MexcClient client, Symbol symbol, Listing? known, TimeProvider clock, CancellationToken cancel)
    {
        var rules = known is null ? client.ListingAsync(symbol, _ => throw new InvalidOperationException("no book yet"), cancel) : Task.FromResult<Result<Listing>>(known);
        var (depth, last) = (client.DepthAsync(symbol, cancel), client.LastPriceAsync(symbol, cancel));
        await Task.WhenAll(rules, depth, last);
        return !(await rules).TryGet(out var listing, out var failure) || !(await depth).TryGet(out var offers, out failure) || !(await last).TryGet(out var price, out failure)
            || !BookOf(symbol, offers, price, clock.GetUtcNow()).TryGet(out var book, out failure)
                ? failure
                : listing with { Market = _ => book };
    }

    // Nobody knows which trades others make until the next fetch, so a resting order fills by what is offered to it and not by prints.
    private static Result<MarketBook> BookOf(Symbol symbol, Depth depth, Price last, DateTimeOffset now)
    {
        if (last.Value <= 0)
            return Failure.BadData($"{symbol}: the last price is {last}");
        if (depth is { Bids: [var bid, ..], Asks: [var ask, ..] } && bid.Price >= ask.Price)
            return Failure.BadData($"{symbol}: the book is crossed, {bid.Price} is bid and {ask.Price} asked");
        return new MarketBook
        {
            Version = now.ToUnixTimeMilliseconds(),
            From = now,
            Until = DateTimeOffset.MaxValue,
            Last = last,
            LastQuantity = Quantity.Zero,
            Bids = depth.Bids,
            Asks = depth.Asks,
        };
    }
}
