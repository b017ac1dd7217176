using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Server.Books;
using Ballast.Server.Configuration;
using Ballast.Server.Http;
using Ballast.Server.Records;
using Ballast.Server.Schedule;
using Ballast.Server.Store;
using Ballast.Server.Tasks;
using Ballast.Server.Trading;
using StackExchange.Redis;

namespace Ballast.Server.Overview;

/// <summary>
/// The portfolio at a glance, in two round trips to the store: all of the state, and then the answer of the newest tick. Throws
/// <see cref="StoreUnavailableException"/> when the store cannot be reached.
/// </summary>
/// <param name="pair">The names of the assets where they are known without a tick; null elsewhere.</param>
public sealed class Portfolio(IStore store, RedisConnection connection, StoreKeys keys, Settings settings, TimeProvider clock, Pair? pair)
{
    /// <summary>A day of ticks every 15 minutes, and some for the one before it.</summary>
    private const int NewestPoints = 100;

    private const int NewestHours = 26;

    public async Task<OverviewAnswer> LookAsync()
    {
        // The fingerprint is asked for first: what changes in between makes another one, never an old picture under a new tag.
        var looking = connection.CallAsync(database => ReadAsync(database));
        var reading = store.ReadAsync();
        var (seen, state) = (await looking, await reading);
        var last = seen.Newest is { } newest ? await LastTickAsync(newest) : null;
        return Answer(seen, state, last, clock.GetUtcNow());
    }

    private async Task<Sight> ReadAsync(IDatabase database)
    {
        var fingerprint = FingerprintReading.Begin(database, keys);
        var plan = StoredValue.ReadAsync(keys.Plan, database.StringGetAsync(keys.Plan));
        var points = StoredValue.ReadAsync(keys.Equity, database.ListRangeAsync(keys.Equity, 0, NewestPoints - 1));
        var hours = StoredValue.ReadAsync(keys.EquityHourly, database.ListRangeAsync(keys.EquityHourly, 0, NewestHours - 1));
        var newest = await fingerprint.Newest;
        return new Sight(
            await Fingerprint.OfAsync(fingerprint),
            newest.TryGet(out var row, out _) && row.HasValue ? TickRow.Read(row) : null,
            PlanOf(await plan, await fingerprint.Order),
            CurveOf(Points(await points), Points(await hours)));
    }

    /// <summary>What became of a tick besides its plan stands in its answer only, which is kept for a day.</summary>
    private async Task<LastTickAnswer> LastTickAsync(TickRow newest)
    {
        var kept = await connection.CallAsync(database => database.StringGetAsync(keys.Answer(new TickId(newest.Tick))));
        var status = kept.HasValue && StoredValue.Parse(kept, OverviewJson.Default.AnswerStatus).TryGet(out var answer, out _) ? answer.Status
            : newest.Error is null ? "success" : "error";
        return new LastTickAnswer(newest.Tick, newest.Task, newest.Timestamp, status, newest.Mode);
    }

    private OverviewAnswer Answer(Sight seen, StoredState state, LastTickAnswer? last, DateTimeOffset now)
    {
        var ledger = state.Ledger.TryGet(out var books, out var booksProblem) ? books : null;
        var trading = state.Trading.TryGet(out var stored, out var tradingProblem) ? TradingAnswer.From(stored, settings.Mode, state.Settings) : null;
        var ends = state.Equity.TryGet(out var equity, out var curveProblem) ? equity : Equity.None;
        var (planned, planProblem) = seen.Plan;
        var named = ledger?.Opening.Pair ?? state.Rules?.Pair ?? pair;
        var schedule = ScheduleOf(seen.Curve, last, now, out var distance);
        return new OverviewAnswer
        {
            Now = TaskAnswer.ToMilliseconds(now),
            Symbol = settings.Symbol.Name,
            Base = named?.Base,
            Quote = named?.Quote,
            Environment = settings.EnvironmentName,
            Exchange = TaskAnswer.Lower(settings.Exchange),
            Market = settings.Exchange == ExchangeKind.Paper ? TaskAnswer.Lower(settings.Paper.Market) : null,
            Version = typeof(Portfolio).Assembly.GetName().Version!.ToString(3),
            Mode = trading?.Mode ?? "observe",
            ConfiguredMode = TaskAnswer.Lower(settings.Mode),
            Trading = trading,
            TradingError = tradingProblem?.Reason,
            Schedule = schedule,
            LastTick = last,
            Stale = last is not null && now - StoredTime.Read(last.Timestamp) > 3 * distance,
            Plan = planned,
            PlanError = planProblem,
            LastFailure = seen.Newest is { Error: { } error } failed ? new FailedTickAnswer(failed.Tick, failed.Timestamp, error) : null,
            Books = ledger is null ? null : BooksAnswer.From(ledger),
            BooksError = booksProblem?.Reason ?? curveProblem?.Reason,
            UnrealizedPnl = ledger is not null && ProfitAndLoss.At(ends.Last?.Price, ledger.Current).Unrealized is { } unrealized
                ? Decimals.Trim(unrealized.Value) : null,
            Profit = ends is { Start: { } start, Last: { } end } ? ProfitAnswer.From(ProfitByCause.Between(start, end)) : null,
            Day = Glance.DayOf(seen.Curve, ledger?.Standing is { Balanced: true }),
            Sparkline = Glance.SparklineOf(seen.Curve),
            VersionTag = seen.Fingerprint.Tag,
        };
    }

    /// <param name="newest">The newest settled order, which the plan's is when it has been settled.</param>
    private static (ExplainedPlan? Plan, string? Problem) PlanOf(Result<RedisValue> stored, Result<RedisValue> newest)
    {
        if (!stored.TryGet(out var json, out var failure))
            return (null, failure.Reason);
        if (json.IsNull)
            return (null, null);
        if (!StoredValue.Parse(json, BallastJson.Default.StoredPlan).TryGet(out var plan, out failure))
            return (null, $"the stored plan is not as Ballast writes it ({failure.Reason}); the next tick writes a new one");
        var settled = newest.TryGet(out var row, out _) && row.HasValue
            && StoredValue.Parse(row, BallastJson.Default.StoredOrder).TryGet(out var order, out _) ? order : null;
        return (ExplainedPlan.Of(plan, settled?.Order.ClientOrderId == plan.Order?.ClientOrderId ? settled : null), null);
    }

    /// <param name="distance">Between two ticks; where nothing is known, the usual quarter of an hour.</param>
    private ScheduleAnswer ScheduleOf(IReadOnlyList<StoredPoint> curve, LastTickAnswer? last, DateTimeOffset now, out TimeSpan distance)
    {
        if (settings.Schedule.Enabled)
        {
            distance = settings.Schedule.Every;
            return new ScheduleAnswer(true, Minutes(distance), LocalSchedule.NextRun(now, distance).UtcDateTime, null);
        }
        var usual = Glance.UsualDistance(curve);
        distance = usual ?? TimeSpan.FromMinutes(15);
        return new ScheduleAnswer(
            false, usual is { } known ? Math.Round(Minutes(known), 1) : null, null, last is null || usual is null ? null : last.Timestamp + usual.Value);
    }

    private static decimal Minutes(TimeSpan time) => Decimals.Trim((decimal)time.Ticks / TimeSpan.TicksPerMinute);

    /// <summary>Oldest first: hours where the newest ticks do not reach, then ticks.</summary>
    private static List<StoredPoint> CurveOf(List<StoredPoint> newest, List<StoredPoint> hours)
    {
        var begin = newest.Count > 0 ? newest[^1].T : DateTime.MaxValue;
        var curve = hours.FindAll(point => point.T < begin);
        curve.Reverse();
        newest.Reverse();
        curve.AddRange(newest);
        return curve;
    }

    /// <summary>A point that cannot be read is a gap in a picture; the books say what is wrong with the curve.</summary>
    private static List<StoredPoint> Points(Result<RedisValue[]> stored)
    {
        var points = new List<StoredPoint>();
        foreach (var json in stored.TryGet(out var values, out _) ? values : [])
        {
            if (StoredValue.Parse(json, OverviewJson.Default.StoredPoint).TryGet(out var point, out _))
                points.Add(point);
        }
        return points;
    }

    private sealed record Sight(Fingerprint Fingerprint, TickRow? Newest, (ExplainedPlan? Plan, string? Problem) Plan, IReadOnlyList<StoredPoint> Curve);
}

/// <summary>The one word of a stored answer that stands nowhere else, and how long the tick took.</summary>
internal sealed record AnswerStatus(string Status, long DurationMs);
