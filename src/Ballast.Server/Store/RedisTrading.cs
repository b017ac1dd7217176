using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Http;
using Ballast.Server.Tasks;
using StackExchange.Redis;

namespace Ballast.Server.Store;

/// <summary>How orders lie in the store: the open intent, the settled ones, the halt, the mode, a proposal, and what the guards remember.</summary>
internal sealed class RedisTrading(StoreKeys keys)
{
    private const int MostOrders = 1_000;

    /// <summary>How long an order's id is known, which is longer than the exchange's orders are looked back on.</summary>
    private static readonly TimeSpan KnownFor = TimeSpan.FromHours(72);

    /// <summary>Begins to read what a tick needs; part of its one round trip.</summary>
    public TradingReading Read(IDatabase database) => new(
        StoredValue.ReadAsync(keys.OpenOrder, database.HashGetAllAsync(keys.OpenOrder)),
        StoredValue.ReadAsync(keys.Halt, database.HashGetAllAsync(keys.Halt)),
        StoredValue.ReadAsync(keys.Mode, database.HashGetAllAsync(keys.Mode)),
        StoredValue.ReadAsync(keys.Proposal, database.HashGetAllAsync(keys.Proposal)),
        StoredValue.ReadAsync(keys.Trading, database.HashGetAllAsync(keys.Trading)),
        StoredValue.ReadAsync(keys.OrderIds, database.SortedSetRangeByRankAsync(keys.OrderIds)));

    public async Task<Result<StoredTrading>> StateAsync(TradingReading reading)
    {
        var halt = HaltOf(await reading.Halt);
        if (!(await reading.Open).TryGet(out var open, out var failure)
            || !(await reading.Mode).TryGet(out var mode, out failure)
            || !(await reading.Proposal).TryGet(out var proposal, out failure)
            || !(await reading.Trading).TryGet(out var trading, out failure)
            || !(await reading.Ids).TryGet(out var ids, out failure)
            || !IntentOf(new StoredFields(keys.OpenOrder, open)).TryGet(out var intent, out failure)
            || !ModeOf(new StoredFields(keys.Mode, mode)).TryGet(out var change, out failure)
            || !ProposalOf(new StoredFields(keys.Proposal, proposal)).TryGet(out var waiting, out failure)
            || !StateOf(new StoredFields(keys.Trading, trading)).TryGet(out var state, out failure))
            return failure;
        return new StoredTrading(intent, halt, change, waiting, state, ids.Select(id => (string)id!).ToHashSet(StringComparer.Ordinal));
    }

    public IEnumerable<Task> Write(ITransaction write, TradingAfter after, DateTimeOffset now)
    {
        yield return write.KeyDeleteAsync([keys.OpenOrder, keys.Proposal, keys.Trading]);
        if (after.Open is { } open)
            yield return write.HashSetAsync(keys.OpenOrder, Fields(open));
        if (after.Proposal is { } proposal)
            yield return write.HashSetAsync(keys.Proposal, Fields(proposal));
        yield return write.HashSetAsync(keys.Trading, Fields(after.State));
        foreach (var written in WriteFinished(write, after.Finished, now))
            yield return written;
        if (after.NewHalt is { } halt)
            yield return write.HashSetAsync(keys.Halt, Fields(halt));
        if (after.NewMode is { } mode)
            yield return write.HashSetAsync(keys.Mode, Fields(mode));
        foreach (var line in StoredJournalLine.From(after, now))
            yield return write.ListRightPushAsync(keys.Journal, line.ToJson());
    }

    /// <summary>Orders whose outcome is known since <paramref name="now"/>, behind those of before.</summary>
    public IEnumerable<Task> WriteFinished(ITransaction write, IReadOnlyList<OrderReport> finished, DateTimeOffset now)
    {
        foreach (var order in finished)
        {
            yield return write.ListLeftPushAsync(keys.Orders, JsonSerializer.Serialize(StoredOrder.From(order, now), BallastJson.Default.StoredOrder));
            yield return write.SortedSetAddAsync(keys.OrderIds, order.ClientOrderId, now.ToUnixTimeMilliseconds());
        }
        if (finished.Count == 0)
            yield break;
        yield return write.ListTrimAsync(keys.Orders, 0, MostOrders - 1);
        yield return write.SortedSetRemoveRangeByScoreAsync(keys.OrderIds, double.NegativeInfinity, (now - KnownFor).ToUnixTimeMilliseconds());
    }

    public static HashEntry[] Fields(Halt halt) =>
        [new("since", halt.Since is { } since ? UtcText.Write(since) : ""), new("by", halt.By), new("reason", halt.Reason)];

    public static HashEntry[] Fields(ModeChange mode) =>
        [new("mode", TaskAnswer.Lower(mode.Mode)), new("at", UtcText.Write(mode.At)), new("by", mode.By), new("reason", mode.Reason)];

    private static HashEntry[] Fields(OrderIntent intent) =>
    [
        new("client_order_id", intent.ClientOrderId),
        new("tick", intent.Tick),
        new("side", TaskAnswer.Lower(intent.Side)),
        new("type", TaskAnswer.Lower(intent.Type)),
        new("quantity", intent.Quantity.ToString()),
        new("limit_price", intent.Limit?.ToString() ?? ""),
        new("price", intent.Price.ToString()),
        new("at", UtcText.Write(intent.At)),
        new("not_found", intent.NotFound),
    ];

    private static HashEntry[] Fields(Proposal proposal) =>
    [
        new("tick", proposal.Tick),
        new("side", TaskAnswer.Lower(proposal.Side)),
        new("quantity", proposal.Quantity.ToString()),
        new("price", proposal.Price.ToString()),
        new("at", UtcText.Write(proposal.At)),
        new("expires", UtcText.Write(proposal.Expires)),
        new("approved_by", proposal.ApprovedBy ?? ""),
    ];

    private static HashEntry[] Fields(TradingState state) =>
    [
        new("last_order_at", state.LastOrderAt is { } last ? UtcText.Write(last) : ""),
        new("last_order_tick", state.LastOrderTick ?? ""),
        new("day", state.Day.ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
        new("day_notional", state.DayNotional.ToString()),
        new("day_orders", state.DayOrders),
        new("last_price", state.LastPrice?.ToString() ?? ""),
        new("peak", state.Peak?.ToString() ?? ""),
        new("failures", state.Failures),
        new("refused_types", string.Join(' ', state.RefusedTypes)),
    ];

    /// <summary>Whatever stands under the key halts: an owner with nothing but redis-cli in a hurry must not have to know the fields.</summary>
    private static Halt? HaltOf(Result<HashEntry[]> hash)
    {
        if (!hash.TryGet(out var entries, out _))
            return new Halt(null, "hand", "the key is set");
        if (entries.Length == 0)
            return null;
        var fields = new StoredFields("halt", entries);
        return new Halt(
            UtcText.TryRead(fields.Optional("since") ?? "", out var since) ? since : null, fields.Optional("by") ?? "hand", fields.Optional("reason") ?? "no reason given");
    }

    private static Result<OrderIntent?> IntentOf(StoredFields fields)
    {
        if (fields.IsEmpty)
            return (OrderIntent?)null;
        var intent = new OrderIntent
        {
            ClientOrderId = fields.Text("client_order_id"),
            Tick = fields.Text("tick"),
            Side = fields.Word<Side>("side"),
            Type = fields.Word<OrderType>("type"),
            Quantity = new Quantity(fields.Number("quantity")),
            Limit = fields.OptionalNumber("limit_price") is { } limit ? new Price(limit) : null,
            Price = new Price(fields.Number("price")),
            At = fields.Time("at"),
            NotFound = fields.Whole("not_found"),
        };
        return fields.Problem is { } problem ? problem : intent;
    }

    private static Result<ModeChange?> ModeOf(StoredFields fields)
    {
        if (fields.IsEmpty)
            return (ModeChange?)null;
        var mode = new ModeChange(fields.Word<Mode>("mode"), fields.OptionalTime("at") ?? DateTimeOffset.MinValue, fields.Optional("by") ?? "hand", fields.Optional("reason") ?? "");
        return fields.Problem is { } problem ? problem : mode;
    }

    private static Result<Proposal?> ProposalOf(StoredFields fields)
    {
        if (fields.IsEmpty)
            return (Proposal?)null;
        var proposal = new Proposal(
            fields.Text("tick"), fields.Word<Side>("side"), new Quantity(fields.Number("quantity")), new Price(fields.Number("price")),
            fields.Time("at"), fields.Time("expires"), fields.Optional("approved_by"));
        return fields.Problem is { } problem ? problem : proposal;
    }

    private static Result<TradingState> StateOf(StoredFields fields)
    {
        if (fields.IsEmpty)
            return TradingState.New;
        var state = new TradingState
        {
            LastOrderAt = fields.OptionalTime("last_order_at"),
            LastOrderTick = fields.Optional("last_order_tick"),
            Day = fields.Day("day"),
            DayNotional = new Amount(fields.Number("day_notional")),
            DayOrders = fields.Whole("day_orders"),
            LastPrice = fields.OptionalNumber("last_price") is { } last ? new Price(last) : null,
            Peak = fields.OptionalNumber("peak") is { } peak ? new Amount(peak) : null,
            Failures = fields.Whole("failures"),
            RefusedTypes = [.. fields.Words<OrderType>("refused_types")],
        };
        return fields.Problem is { } problem ? problem : state;
    }
}

/// <summary>Answers under way.</summary>
internal sealed record TradingReading(
    Task<Result<HashEntry[]>> Open,
    Task<Result<HashEntry[]>> Halt,
    Task<Result<HashEntry[]>> Mode,
    Task<Result<HashEntry[]>> Proposal,
    Task<Result<HashEntry[]>> Trading,
    Task<Result<RedisValue[]>> Ids);

/// <summary>A line of <c>orders</c>: an order whose outcome is known.</summary>
public sealed record StoredOrder(DateTime At, OrderAnswer Order)
{
    public static StoredOrder From(OrderReport order, DateTimeOffset now) => new(now.UtcDateTime, OrderAnswer.From(order));
}
