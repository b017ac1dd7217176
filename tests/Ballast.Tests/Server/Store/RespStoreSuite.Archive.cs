using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Store;
using Ballast.Tests.Core;

namespace Ballast.Tests.Server.Store;

/// <summary>What was decided, read back.</summary>
public abstract partial class RespStoreSuite
{
    [Fact]
    public async Task Plans_are_read_back_as_they_were_written_newest_first()
    {
        var portfolio = NewRespPortfolio();
        var blocked = new OrderReport(
            OrderOutcome.Blocked, "ballast-1", Side.Sell, OrderType.ImmediateOrCancel, new Quantity(20), new Price(2.4m), Quantity.Zero, null, null, "spread: too wide",
            [new Guard("spread", 0.03m, 0.02m, false, "too wide")]);
        var report = Sample.Report(Sample.Tick(0)) with
        {
            Quote = new Quote(new Price(2.6m), new Price(2.4m), new Price(2.5m), Sample.Noon),
            Order = blocked,
            Mode = Mode.Auto,
        };
        await portfolio.RunAsync(report);
        await portfolio.RunAsync(Sample.Failed(Sample.Tick(1), null));

        var plans = await PlansAsync(portfolio.Archive);

        Assert.Equal(["15-min-job/2026-01-01T12:15:00Z", "15-min-job/2026-01-01T12:00:00Z"], plans.Select(row => row.Must().Tick));
        Assert.Equal("the exchange is down", plans[0].Must().Error);
        var plan = plans[1].Must();
        Assert.Equal(("SELL", 20m, "auto", "QRL", "USDT", 2.6m), (plan.Action, plan.Quantity, plan.Mode, plan.Base, plan.Quote, plan.LastPrice));
        Assert.Equal((2.4m, 2.5m, "target", "both", 1m, 1m), (plan.Bid, plan.Ask, plan.RebalanceTo, plan.Sides, plan.ExchangeMinQuantity, plan.ExchangeMinNotional));
        Assert.Equal(("blocked", "ballast-1", "too wide"), (plan.Order!.State, plan.Order.ClientOrderId, plan.Order.Guards[0].Sentence));
        Assert.Equal("15-min-job/2026-01-01T12:00:00Z", (await portfolio.Archive.PlanAsync("15-min-job/2026-01-01T12:00:00Z"))!.Tick);
        Assert.Null(await portfolio.Archive.PlanAsync("15-min-job/2026-01-01T12:00"));
    }

    [Fact]
    public async Task Plans_are_found_by_their_time_with_both_ends_included()
    {
        var portfolio = NewRespPortfolio();
        for (var hour = 0; hour < 4; hour++)
            await portfolio.RunAsync(Sample.Report(Sample.Tick(hour)) with { Timestamp = Sample.Noon.AddHours(hour) });

        var found = await PlansAsync(portfolio.Archive, Sample.Noon.AddHours(1), Sample.Noon.AddHours(2));

        Assert.Equal([Sample.Noon.AddHours(2).UtcDateTime, Sample.Noon.AddHours(1).UtcDateTime], found.Select(row => row.Must().Timestamp));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("""{"tick":"15-min-job/2026-01-01T12:30:00Z"}""")]
    public async Task A_row_that_cannot_be_read_is_reported_and_hides_nothing(string foreign)
    {
        var portfolio = NewRespPortfolio();
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0)));
        await portfolio.Raw.ListLeftPushAsync(portfolio.Keys.History, foreign);
        await portfolio.Raw.ListLeftPushAsync(portfolio.Keys.Orders, foreign);

        var plans = await PlansAsync(portfolio.Archive, Sample.Noon, Sample.Noon.AddHours(1));

        Assert.Contains("rebalance:history cannot be read", plans[0].Failure!.Reason, StringComparison.Ordinal);
        Assert.Equal("15-min-job/2026-01-01T12:00:00Z", plans[1].Must().Tick);
        await foreach (var order in portfolio.Archive.OrdersAsync())
            Assert.Contains("orders cannot be read", order.Failure!.Reason, StringComparison.Ordinal);
        if (foreign.Contains("tick", StringComparison.Ordinal))
            await Assert.ThrowsAsync<StoreUnavailableException>(() => portfolio.Archive.PlanAsync("15-min-job/2026-01-01T12:30:00Z"));
    }

    [Fact]
    public async Task What_is_pushed_while_a_long_list_is_read_repeats_no_row()
    {
        var portfolio = NewRespPortfolio();
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0)));
        var row = $"{await portfolio.Raw.ListGetByIndexAsync(portfolio.Keys.History, 0)}";
        await portfolio.Raw.ListLeftPushAsync(
            portfolio.Keys.History, [.. Enumerable.Range(1, 1199).Select(number => (StackExchange.Redis.RedisValue)row.Replace("12:00:00Z", $"{number}", StringComparison.Ordinal))]);
        var seen = new List<string>();

        await foreach (var plan in portfolio.Archive.PlansAsync(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue))
        {
            if (seen.Count == 10)
                await portfolio.Raw.ListLeftPushAsync(portfolio.Keys.History, [row.Replace("12:00:00Z", "new", StringComparison.Ordinal), "even newer"]);
            seen.Add(plan.Must().Tick);
        }

        Assert.Equal((1200, 1200), (seen.Count, seen.Distinct().Count()));
    }

    [Fact]
    public async Task Settled_orders_are_read_back_newest_first_and_found_by_their_id()
    {
        var portfolio = NewRespPortfolio();
        for (var number = 0; number < 2; number++)
        {
            var order = new OrderReport(
                OrderOutcome.Filled, $"ballast-{number}", Side.Buy, OrderType.ImmediateOrCancel, new Quantity(20), new Price(2.6m), new Quantity(20), new Price(2.5m), 0.025m, "filled", []);
            await portfolio.RunAsync(Sample.Report(Sample.Tick(number)) with { Trading = new TradingAfter { State = TradingState.New, Finished = [order] } });
        }

        var orders = new List<string>();
        await foreach (var order in portfolio.Archive.OrdersAsync())
            orders.Add(order.Must().Order.ClientOrderId);

        Assert.Equal(["ballast-1", "ballast-0"], orders);
        Assert.Equal(2.5m, (await portfolio.Archive.OrderAsync("ballast-0"))!.Order.AveragePrice);
        Assert.Null(await portfolio.Archive.OrderAsync("ballast-2"));
    }

    private static async Task<List<Result<StoredPlan>>> PlansAsync(RedisArchive archive, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var plans = new List<Result<StoredPlan>>();
        await foreach (var plan in archive.PlansAsync(from ?? DateTimeOffset.UnixEpoch, to ?? DateTimeOffset.MaxValue))
            plans.Add(plan);
        return plans;
    }
}
