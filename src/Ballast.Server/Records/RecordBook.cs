using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Http;
using Ballast.Server.Overview;
using Ballast.Server.Store;
using Ballast.Server.Tasks;
using StackExchange.Redis;

namespace Ballast.Server.Records;

/// <summary>
/// What was recorded, in pages: ticks, orders, journal, trades. Throws <see cref="StoreUnavailableException"/> when the store cannot be reached, or
/// holds what Ballast did not write.
/// </summary>
public sealed class RecordBook(RedisConnection connection, StoreKeys keys, RedisArchive archive, Symbol symbol)
{
    private readonly SettledOrders settled = new(connection, keys);

    /// <param name="actions">In capitals, <c>ERROR</c> among them; null is all.</param>
    internal async Task<TickRowsAnswer> TicksAsync(ListCursor? before, int limit, IReadOnlyList<string>? actions, DateTimeOffset? from, DateTimeOffset? to)
    {
        var (first, last) = (from?.UtcDateTime ?? DateTime.MinValue, to?.UtcDateTime ?? DateTime.MaxValue);
        var page = NewestFirst.PageAsync(connection, keys.History, before, limit, TickRow.Read, Fits);
        var orders = settled.StatesAsync();
        var (rows, next) = await page;
        var states = await orders;
        return new TickRowsAnswer([.. rows.Select(row => WithOrder(row, states))], next);

        // Rows carry the clock of whoever wrote them, and are in the order in which they were written.
        Fit Fits(RecordedTick row) =>
            row.Tick.Length > 0 && first - row.Timestamp > ClocksDiffer ? Fit.TooOld
            : (row.Tick.Length == 0 || (row.Timestamp >= first && row.Timestamp <= last))
                && (actions is null || actions.Contains(row.Action ?? "")) ? Fit.Wanted
            : Fit.Unwanted;
    }

    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(10);

    /// <summary>Rows of older versions do not name their order; its id follows from the tick.</summary>
    private RecordedTick WithOrder(RecordedTick row, IReadOnlyDictionary<string, string> states)
    {
        if (row.Action is not ("BUY" or "SELL"))
            return row;
        var id = row.Order?.ClientOrderId ?? OrderIntent.IdOf(symbol, row.Tick);
        return (states.GetValueOrDefault(id) ?? row.Order?.State) is { } state ? row with { OrderState = state, ClientOrderId = id } : row;
    }

    internal async Task<OrdersAnswer> OrdersAsync(ListCursor? before, int limit)
    {
        var (rows, next) = await NewestFirst.PageAsync(
            connection, keys.Orders, before, limit,
            row => StoredValue.Must(StoredValue.Parse(row, BallastJson.Default.StoredOrder), keys.Orders), _ => Fit.Wanted);
        return new OrdersAnswer(rows, next);
    }

    /// <param name="end">
    /// How many lines stand before those of the page before; null begins at the newest. The journal only grows, so a line keeps its number.
    /// </param>
    internal async Task<JournalAnswer> JournalAsync(int? end, int limit)
    {
        var before = end ?? await connection.CallAsync(database => database.ListLengthAsync(keys.Journal));
        var first = Math.Max(0, before - limit);
        var lines = before == 0 ? [] : await connection.CallAsync(database => database.ListRangeAsync(keys.Journal, first, before - 1));
        var items = lines.Reverse().Select(line => StoredValue.Must(StoredValue.Parse(line, BallastJson.Default.StoredJournalLine), keys.Journal));
        return new JournalAnswer([.. items], first > 0 && lines.Length > 0 ? Decimals.Text(first) : null);
    }

    internal async Task<TradesAnswer> TradesAsync(DateTimeOffset? from, DateTimeOffset? to, int limit)
    {
        var newest = await connection.CallAsync(database => database.SortedSetRangeByScoreAsync(
            keys.Trades, from?.ToUnixTimeMilliseconds() ?? double.NegativeInfinity, to?.ToUnixTimeMilliseconds() ?? double.PositiveInfinity,
            order: Order.Descending, take: limit + 1));
        var trades = newest.Take(limit).Reverse().Select(trade => StoredValue.Must(StoredValue.Parse(trade, BallastJson.Default.StoredTrade), keys.Trades));
        return new TradesAnswer([.. trades], newest.Length > limit);
    }

    internal async Task<FailedTicksAnswer> FailedAsync(int limit)
    {
        var (rows, _) = await NewestFirst.PageAsync(
            connection, keys.History, null, limit, TickRow.Read, row => row.Error is null ? Fit.Unwanted : Fit.Wanted);
        return new FailedTicksAnswer([.. rows.Select(row => new FailedTickAnswer(row.Tick, row.Timestamp, row.Error!))]);
    }

    /// <summary>Null when there was no tick, or its answer is not kept any more.</summary>
    public async Task<long?> LastTickMsAsync()
    {
        var newest = await connection.CallAsync(database => database.ListGetByIndexAsync(keys.History, 0));
        if (newest.IsNull)
            return null;
        var answer = await connection.CallAsync(database => database.StringGetAsync(keys.Answer(new TickId(TickRow.Read(newest).Tick))));
        return answer.HasValue && StoredValue.Parse(answer, OverviewJson.Default.AnswerStatus).TryGet(out var kept, out _) ? kept.DurationMs : null;
    }

    /// <summary>Null when the tick is not kept (any more).</summary>
    public async Task<TickDetailAnswer?> TickAsync(string id)
    {
        var kept = connection.CallAsync(database => database.StringGetAsync(keys.Answer(new TickId(id))));
        var plan = await archive.PlanAsync(id);
        var answer = await kept is { HasValue: true } json
            && StoredValue.Parse(json, BallastJson.Default.TaskAnswer).TryGet(out var found, out _) ? found : null;
        if (plan is null)
            return null;
        var settled = plan.Order is { } order ? await archive.OrderAsync(order.ClientOrderId) : null;
        return new TickDetailAnswer(ExplainedPlan.Of(plan, settled), settled?.Order ?? plan.Order ?? answer?.Order, answer);
    }
}
