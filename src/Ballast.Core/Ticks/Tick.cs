using Ballast.Core.Books;
using Ballast.Core.Planning;
using Ballast.Core.Trading;

namespace Ballast.Core.Ticks;

/// <summary>
/// One tick, from the lease to the record. This file is the product's story; read it top to bottom.
/// <code>
/// 1  authenticate the scheduler                    401, nothing read
/// 2  reach the store, take the lease               503 store down · 409 a tick is running · 200 a repeat gets the stored answer
/// 3  read state and exchange, side by side
/// 4  settle what an earlier tick left open
/// 5  update the books                              a failure is reported, and the tick goes on
/// 6  plan: HOLD, BUY or SELL
/// 7  record the plan and the history               no record, no order
/// 8  guard and place the order, if the mode allows
/// 9  answer; give the lease back
/// </code>
/// Steps 5 and 6 are pure functions between two slices of I/O.
/// </summary>
/// <param name="newHolder">Makes a name for each attempt at the lease; unique over all instances.</param>
public sealed class Tick(IStore store, IExchange exchange, TickOptions options, TimeProvider clock, Func<string> newHolder)
{
    /// <summary>How far back the exchange's orders are compared with those in the store; the newest of them are kept longer.</summary>
    private static readonly TimeSpan RecentOrders = TimeSpan.FromHours(24);

    private readonly BooksReader reader = new(store, exchange, options.Symbol);
    private readonly OrderDesk desk = new(exchange, options.Symbol, clock);

    public async Task<TickOutcome> RunAsync(TickRequest request)
    {
        // 1  The caller has proved itself at the door; nothing has been read on its behalf so far.
        try
        {
            // 2  The lease only saves work. What protects the books, when two instances run at once after all, is its epoch.
            return await store.TakeLeaseAsync(request.Id, newHolder(), options.LeaseLifetime) switch
            {
                LeaseAnswer.Finished finished => new TickOutcome.Replayed(finished.Answer),
                LeaseAnswer.Busy busy => new TickOutcome.Busy(busy.RetryAfter),
                LeaseAnswer.Granted granted => await RunAsync(request, granted.Lease),
                var other => throw new InvalidOperationException($"no such lease answer: {other}"),
            };
        }
        catch (StoreUnavailableException outage)
        {
            return new TickOutcome.StoreDown(outage.Message);
        }
    }

    /// <summary>
    /// Steps 3 and 6 alone: what a tick would decide now. It takes no lease and writes nothing. Throws <see cref="StoreUnavailableException"/> when the
    /// store cannot be reached.
    /// </summary>
    public async Task<TickReport> PreviewAsync(TickRequest request)
    {
        var started = clock.GetTimestamp();
        var readings = await ReadAsync(withBooks: false);
        return new TickReport
        {
            Request = request,
            Mode = options.Mode,
            Rules = readings.Rules.TryGet(out var rules, out _) ? rules : null,
            Books = null,
            Plan = MakePlan(readings),
            Quote = readings.Quote.TryGet(out var quote, out _) ? quote : null,
            Timestamp = clock.GetUtcNow(),
            Duration = clock.GetElapsedTime(started),
        };
    }

    private async Task<TickOutcome> RunAsync(TickRequest request, Lease lease)
    {
        var started = clock.GetTimestamp();
        var ended = false;
        try
        {
            // 3  Everything is asked for at once; whatever fails, the rest is still of use.
            var readings = await ReadAsync(request.WithBooks);

            // 4  Nothing new is decided before it is known what became of the order before.
            var trading = readings.State.Trading.TryGet(out var stored, out _) ? stored : null;
            var settlement = await SettleAsync(trading, readings);
            var doubt = Doubt(trading, readings);

            // 5  New trades and transfers → average cost → profit. A failure is a part of the report, not the end of the tick.
            var books = request.WithBooks ? KeepBooks(readings, doubt) : (Result<BooksAfter>?)null;

            // 6  The decision, and what the guards make of it.
            var plan = MakePlan(readings);
            var trade = trading is null ? null : TradeDecision.Of(request, options, readings, trading, settlement, books, plan, doubt);

            // 7  One conditional write: the plan (or why there is none), the history, the books, and the intent of an order or the answer for a repeat.
            var report = new TickReport
            {
                Request = request,
                Mode = trade?.Mode ?? Mode.Observe,
                Rules = readings.Rules.TryGet(out var rules, out _) ? rules : null,
                Before = readings.State,
                Books = books,
                Plan = plan,
                Quote = readings.Quote.TryGet(out var quote, out _) ? quote : null,
                Order = trade?.Order,
                Settled = settlement.Finished,
                Halted = trading?.Halt is not null,
                Trading = trade?.After,
                Timestamp = clock.GetUtcNow(),
                Duration = clock.GetElapsedTime(started),
            };
            if (trade?.Approved is { } approved)
            {
                switch (await store.BeginOrderAsync(lease, report, readings.NewRules))
                {
                    case BeginAnswer.Begun:
                        // 8  The intent is on record; the order leaves, once, whatever happens to its answer.
                        report = await OrderAsync(approved, report, trade, readings, started);
                        ended = await store.FinishOrderAsync(lease, report);
                        return ended ? new TickOutcome.Finished(report) : new TickOutcome.Overtaken();
                    case BeginAnswer.Overtaken:
                        return new TickOutcome.Overtaken();
                    case var refused:
                        report = Withheld(report, trading!, settlement, refused);
                        break;
                }
            }
            ended = await store.CommitAsync(lease, report, readings.NewRules);

            // 9  The write above gave the lease back.
            return ended ? new TickOutcome.Finished(report) : new TickOutcome.Overtaken();
        }
        catch (StoreUnavailableException)
        {
            // A store that cannot be reached cannot take the lease back either; it runs out by itself.
            ended = true;
            throw;
        }
        finally
        {
            if (!ended)
                await store.ReleaseAsync(lease);
        }
    }

    private async Task<Settlement> SettleAsync(StoredTrading? trading, Readings readings)
    {
        using var deadline = new CancellationTokenSource(options.Deadline, clock);
        try
        {
            if (trading?.Halt is not null && readings.Market is { } market && market.OpenOrders.TryGet(out var open, out _))
                await desk.CancelOursAsync(open, deadline.Token);
            return trading?.Open is { } intent ? await desk.SettleAsync(intent, deadline.Token) : Settlement.Nothing;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return new Settlement(trading?.Open, null);
        }
    }

    private async Task<TickReport> OrderAsync(ApprovedOrder approved, TickReport report, TradeDecision trade, Readings readings, long started)
    {
        var (order, open, refused) = await desk.PlaceAsync(approved, report.Order!.Guards);
        var after = trade.After with
        {
            Open = open,
            // Those that were settled before this order were written down with its intent.
            Finished = open is null ? [order] : [],
            State = refused is { } type ? trade.After.State with { RefusedTypes = trade.After.State.RefusedTypes.Add(type) } : trade.After.State,
        };
        return report with
        {
            Order = order,
            Trading = TradeDecision.Concluded(after, report.Books?.Failure is not null || order.Outcome is OrderOutcome.Unknown or OrderOutcome.Rejected, options, readings),
            Duration = clock.GetElapsedTime(started),
        };
    }

    /// <summary>A halt, or another order, came between the decision and the record: nothing leaves.</summary>
    private static TickReport Withheld(TickReport report, StoredTrading before, Settlement settlement, BeginAnswer why) => report with
    {
        Order = report.Order! with
        {
            Outcome = OrderOutcome.Blocked,
            Reason = why == BeginAnswer.Halted ? "halt: trading was halted while the tick was on its way" : "unsettled_order: another order stands in the store",
        },
        Halted = report.Halted || why == BeginAnswer.Halted,
        // The other order's intent must outlive this tick, or nobody would ever ask what became of it.
        Trading = why == BeginAnswer.Occupied ? null : report.Trading! with
        {
            Open = settlement.Open,
            State = report.Trading.State with
            {
                LastOrderAt = before.State.LastOrderAt,
                Day = before.State.Day,
                DayNotional = before.State.DayNotional,
                DayOrders = before.State.DayOrders,
            },
        },
    };

    /// <summary>The exchange knows orders of ours that the store does not: it lost its memory, or is older than what has happened.</summary>
    private static string? Doubt(StoredTrading? trading, Readings readings)
    {
        if (trading is null || readings.Market is not { } market || !market.RecentOrders.TryGet(out var recent, out _))
            return null;
        var foreign = recent.FirstOrDefault(order =>
            order.ClientOrderId is { } id && id.StartsWith(OrderIntent.Prefix, StringComparison.Ordinal)
            && !trading.Known.Contains(id) && trading.Open?.ClientOrderId != id);
        return foreign is null ? null : $"the exchange knows the order {foreign.ClientOrderId}, and the store does not: it lost a part of its memory, or another Ballast uses the account";
    }

    /// <summary>
    /// One round trip to the store beside one wave of calls to the exchange. Only two things make a second wave: rules that the store does
    /// not remember (asked for as soon as that is known), and entries beyond the first page or in need of a price of their own.
    /// </summary>
    private async Task<Readings> ReadAsync(bool withBooks)
    {
        using var deadline = new CancellationTokenSource(options.Deadline, clock);
        try
        {
            var now = clock.GetUtcNow();
            var stored = store.ReadAsync();
            var balances = InTime(exchange.BalancesAsync);
            var quote = InTime(cancel => exchange.QuoteAsync(options.Symbol, cancel));
            var market = options.Mode == Mode.Observe ? null : MarketAsync();
            var first = withBooks ? reader.Begin(now, deadline.Token) : null;

            var state = await stored;
            var rules = state.Rules is { } remembered
                ? Task.FromResult<Result<SymbolRules>>(remembered)
                : InTime(cancel => exchange.RulesAsync(options.Symbol, cancel));
            var entries = first is null ? null : InTime(async cancel => await reader.CompleteAsync(first, state.Ledger, await rules, options.OpeningCost, cancel));

            return new Readings
            {
                State = state,
                Rules = await rules,
                Balances = await balances,
                Quote = await quote,
                Entries = entries is null ? (Result<ReadEntries>?)null : await entries,
                Market = market is null ? null : await market,
                At = clock.GetUtcNow(),
            };
        }
        catch (StoreUnavailableException)
        {
            // The answer is 503 at once; the calls still under way are of no use to anybody.
            await deadline.CancelAsync();
            throw;
        }

        async Task<MarketReadings> MarketAsync()
        {
            var depth = InTime(cancel => exchange.DepthAsync(options.Symbol, cancel));
            var average = InTime(cancel => exchange.AveragePriceAsync(options.Symbol, cancel));
            var open = InTime(cancel => exchange.OpenOrdersAsync(options.Symbol, cancel));
            var recent = InTime(cancel => exchange.RecentOrdersAsync(options.Symbol, clock.GetUtcNow() - RecentOrders, cancel));
            return new MarketReadings(await depth, await average, await open, await recent);
        }

        async Task<Result<T>> InTime<T>(Func<CancellationToken, Task<Result<T>>> call)
        {
            try
            {
                return await call(deadline.Token);
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested)
            {
                return Failure.Unavailable($"the exchange did not answer within the tick's {options.Deadline.TotalSeconds:0} s");
            }
        }
    }

    private Result<BooksAfter> KeepBooks(Readings readings, string? doubt)
    {
        if (!readings.State.Ledger.TryGet(out var ledger, out var failure)
            || !readings.Rules.TryGet(out var rules, out failure)
            || !readings.Balances.TryGet(out var balances, out failure)
            || !balances.Of(rules.Base).TryGet(out var held, out failure)
            || !balances.Of(rules.Quote).TryGet(out var cash, out failure)
            || !readings.State.Equity.TryGet(out var equity, out failure)
            || !readings.Entries!.Value.TryGet(out var entries, out failure))
            return failure;
        var statement = new Statement
        {
            Trades = entries.Trades,
            Wallet = entries.Wallet,
            FeePrices = entries.FeePrices,
            RowPrices = entries.RowPrices,
            Journal = entries.Journal,
            Doubt = doubt,
            Base = held,
            Quote = cash,
            Price = Valuation(readings),
            At = readings.At,
        };
        return Bookkeeping.Update(ledger, equity, statement, options.OpeningCost, rules.Pair);
    }

    private Result<Plan> MakePlan(Readings readings)
    {
        if (!readings.Rules.TryGet(out var rules, out var failure)
            || !options.Policy.With(readings.State.Settings).TryGet(out var policy, out failure)
            || !readings.Balances.TryGet(out var balances, out failure)
            || !balances.Of(rules.Base).TryGet(out var held, out failure)
            || !balances.Of(rules.Quote).TryGet(out var cash, out failure)
            || !readings.Quote.TryGet(out var quote, out failure)
            || !MarketPrice.Judge(quote, readings.At, options.MaxQuoteAge).TryGet(out var price, out failure)
            || !Snapshot.Of(price, held, cash).TryGet(out var snapshot, out failure))
            return failure;
        return Planner.Plan(snapshot, policy, rules);
    }

    /// <summary>The plan's price; where a broken book gives none, the last trade is still good enough to value what is held.</summary>
    private Price? Valuation(Readings readings)
    {
        if (!readings.Quote.TryGet(out var quote, out _))
            return null;
        var price = MarketPrice.Judge(quote, readings.At, options.MaxQuoteAge).TryGet(out var judged, out _) ? judged : quote.Last;
        return price > Price.Zero ? price : null;
    }
}
