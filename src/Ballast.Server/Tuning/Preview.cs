using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Core.Ticks;
using Ballast.Server.Explain;
using Ballast.Server.Http;
using Ballast.Server.Store;

namespace Ballast.Server.Tuning;

/// <summary>
/// What other run-time settings would do, before they are saved: to the newest plan, and to each tick of the last 30 days. Throws
/// <see cref="StoreUnavailableException"/> when the store cannot be reached.
/// </summary>
/// <param name="configured">The policy that settings are laid over.</param>
public sealed class Preview(IStore store, RedisArchive archive, RedisConnection connection, StoreKeys keys, TimeProvider clock, Policy configured)
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    public async Task<PreviewAnswer> OfAsync(IReadOnlyDictionary<string, string> settings)
    {
        if (!configured.With(settings).TryGet(out var wanted, out var failure))
            return new PreviewAnswer(false, failure.Reason, null, null);
        var newest = connection.CallAsync(database => database.StringGetAsync(keys.Plan));
        var state = await store.ReadAsync();
        var present = configured.With(state.Settings).TryGet(out var laid, out _) ? laid : configured;
        return new PreviewAnswer(true, null, LatestOf(await newest, present, wanted), await MonthAsync(wanted));
    }

    private static LatestPreview? LatestOf(StackExchange.Redis.RedisValue newest, Policy present, Policy wanted) =>
        newest.HasValue
        && StoredValue.Parse(newest, BallastJson.Default.StoredPlan).TryGet(out var plan, out _)
        && Redecision.Decide(plan, present).TryGet(out var before, out _)
        && Redecision.Decide(plan, wanted).TryGet(out var after, out _)
            ? new LatestPreview(DecisionOf(before), DecisionOf(after)) : null;

    private async Task<MonthPreview?> MonthAsync(Policy wanted)
    {
        var (again, now) = (new Redecision(), clock.GetUtcNow());
        await foreach (var row in archive.PlansAsync(now - Month, now))
            again.Add(row, _ => wanted);
        return again.Summary() is { From: { } from, To: { } to } sums
            ? new MonthPreview(sums.Ticks, sums.WithoutPlan + sums.Unreadable, sums.Changed, from, to, TotalsOf(sums.Before), TotalsOf(sums.After), sums.Note)
            : null;
    }

    private static DecisionPreview DecisionOf(Plan plan) => new(
        plan.Action.ToString().ToUpperInvariant(), Decimals.Trim(plan.Quantity.Value), Decimals.Trim(plan.Notional.Value),
        plan.Reason, Decimals.Trim(plan.Deviation.Value));

    private static TotalsPreview TotalsOf(DecisionTotals sums) => new(sums.Buys, sums.Sells, sums.Turnover, sums.Fees);
}
