using System.Globalization;
using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using StackExchange.Redis;

namespace Ballast.Tests.Server.Store;

/// <summary>What stands behind the Redis protocol, as an operator sees it with redis-cli.</summary>
public abstract partial class RespStoreSuite(RespFixture server) : StoreSuite
{
    protected override Portfolio NewPortfolio() => NewRespPortfolio();

    protected RespPortfolio NewRespPortfolio() => server.NewPortfolio();

    [Fact]
    public async Task Every_key_has_the_name_and_the_type_that_operators_know()
    {
        var portfolio = NewRespPortfolio();
        var keys = portfolio.Keys;
        await portfolio.SetAsync("threshold", "0.02");
        await portfolio.RunAsync(
            Sample.Report(Sample.Tick(0), Sample.Books([new WalletRow("deposit:1", Sample.Noon, "QRL", 5, WalletState.Done)], Sample.Trade("1", 0))),
            Sample.Rules(portfolio.Symbol));
        await portfolio.LeaseAsync(Sample.Tick(1));

        (string Name, RedisKey Key, string Type)[] expected =
        [
            ("cost", keys.Cost, "hash"), ("pnl", keys.ProfitAndLoss, "hash"), ("rebalance:plan", keys.Plan, "string"), ("rebalance:history", keys.History, "list"),
            ("trades:history", keys.Trades, "zset"), ("settings", keys.Settings, "hash"), ("rules", keys.Rules, "string"), ("lease", keys.Lease, "string"),
            ("movements", keys.Movements, "zset"), ("journal", keys.Journal, "list"), ("equity", keys.Equity, "list"),
            ("equity:hourly", keys.EquityHourly, "list"), ("equity:start", keys.EquityStart, "string"),
            ("epoch", keys.Epoch, "string"), ("ticks:15-min-job/2026-01-01T12:00:00Z", keys.Answer(Sample.Tick(0)), "string"),
        ];
        foreach (var (name, key, type) in expected)
        {
            Assert.EndsWith($":{name}", $"{key}", StringComparison.Ordinal);
            Assert.Equal(type, $"{await portfolio.Raw.ExecuteAsync("TYPE", key)}");
        }
    }

    [Fact]
    public async Task Numbers_are_invariant_decimal_texts_and_times_are_iso_8601()
    {
        var portfolio = NewRespPortfolio();
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0), Sample.Books(Sample.Trade("1", 0, quantity: 10, price: 2.5m, fee: 0.1000m, feeAsset: "MX"))));

        // 990 held at the stated 2, then 10 bought at 2.5: 1980 + 25 = 2005 for 1000 coins, now worth 3 each.
        var cost = (await portfolio.Raw.HashGetAllAsync(portfolio.Keys.Cost)).ToStringDictionary();
        Assert.Equal(
            ("2.005", "1000", "2005", "0", "0", "0.1", "balanced"),
            (cost["avg_cost"], cost["quantity"], cost["total_invested"], cost["fees"], cost["realized_pnl"], cost["fee:MX"], cost["books"]));
        Assert.Equal(("2026-01-01T12:00:00Z", "2026-01-01T12:00:00.123Z"), (cost["last_trade_time"], cost["updated_at"]));
        var profit = (await portfolio.Raw.HashGetAllAsync(portfolio.Keys.ProfitAndLoss)).ToStringDictionary();
        Assert.Equal(
            ("0", "995", "995", "3", "1000", "2026-01-01T12:00:00.123Z"),
            (profit["realized_pnl"], profit["unrealized_pnl"], profit["total_pnl"], profit["price"], profit["quantity"], profit["updated_at"]));
    }

    [Fact]
    public async Task Without_a_price_the_unrealised_profit_of_an_earlier_tick_does_not_stay()
    {
        var portfolio = NewRespPortfolio();
        var books = Sample.Books();
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0), books));
        await portfolio.RunAsync(Sample.Report(Sample.Tick(1), books with { Profit = books.Profit with { Unrealized = null, Price = null } }));
        Assert.DoesNotContain("unrealized_pnl", (await portfolio.Raw.HashKeysAsync(portfolio.Keys.ProfitAndLoss)).Select(name => $"{name}"));
    }

    [Fact]
    public async Task A_trade_is_kept_under_its_time_in_milliseconds_and_once_whatever_is_committed_again()
    {
        var portfolio = NewRespPortfolio();
        var trade = Sample.Trade("C01__321178750286848001", 7, price: 2.50m);
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0), Sample.Books(trade, Sample.Trade("2", 8))));
        await portfolio.RunAsync(Sample.Report(Sample.Tick(1), Sample.Books(trade with { Price = new Price(2.5m) }, Sample.Trade("2", 8), Sample.Trade("3", 8))));

        var kept = await portfolio.Raw.SortedSetRangeByRankWithScoresAsync(portfolio.Keys.Trades);
        Assert.Equal(3, kept.Length);
        Assert.Equal(trade.Time.ToUnixTimeMilliseconds(), (long)kept[0].Score);
        var json = JsonDocument.Parse($"{kept[0].Element}").RootElement;
        Assert.Equal(
            ("C01__321178750286848001", "2026-01-01T12:07:00Z", "BUY", "2.5", "25"),
            (json.GetProperty("id").GetString(), json.GetProperty("time").GetString(), json.GetProperty("side").GetString(),
                json.GetProperty("price").GetRawText(), json.GetProperty("quote_quantity").GetRawText()));
    }

    [Fact]
    public async Task A_tick_that_leaves_the_books_alone_writes_neither_cost_nor_profit()
    {
        var portfolio = NewRespPortfolio();
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0)));
        Assert.Equal(0, await portfolio.Raw.KeyExistsAsync([portfolio.Keys.Cost, portfolio.Keys.ProfitAndLoss, portfolio.Keys.Trades]));
    }

    [Fact]
    public async Task A_failed_plan_leaves_the_last_good_one_and_is_recorded_in_the_history()
    {
        var portfolio = NewRespPortfolio();
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0)));
        var good = await portfolio.Raw.StringGetAsync(portfolio.Keys.Plan);
        await portfolio.RunAsync(Sample.Failed(Sample.Tick(1), Sample.Books()));

        Assert.Equal(good, await portfolio.Raw.StringGetAsync(portfolio.Keys.Plan));
        var history = await portfolio.Raw.ListRangeAsync(portfolio.Keys.History);
        Assert.Equal(2, history.Length);
        Assert.Equal(good, history[1]);
        var newest = JsonDocument.Parse($"{history[0]}").RootElement;
        Assert.Equal(("error", "the exchange is down", Sample.Tick(1).Text), (newest.GetProperty("status").GetString(), newest.GetProperty("error").GetString(), newest.GetProperty("tick").GetString()));
    }

    [Fact]
    public async Task A_tick_of_no_use_stores_no_answer()
    {
        var portfolio = NewRespPortfolio();
        await portfolio.RunAsync(Sample.Failed(Sample.Tick(0), null));
        Assert.False(await portfolio.Raw.KeyExistsAsync(portfolio.Keys.Answer(Sample.Tick(0))));
        Assert.False(await portfolio.Raw.KeyExistsAsync(portfolio.Keys.Plan));
    }

    [Fact]
    public async Task The_history_keeps_the_newest_plans_and_no_more_than_its_limit()
    {
        var portfolio = NewRespPortfolio();
        for (var tick = 0; tick < RespPortfolio.HistoryLimit + 3; tick++)
            await portfolio.RunAsync(Sample.Report(Sample.Tick(tick)));

        var ticks = (await portfolio.Raw.ListRangeAsync(portfolio.Keys.History)).Select(plan => JsonDocument.Parse($"{plan}").RootElement.GetProperty("tick").GetString());
        Assert.Equal(Enumerable.Range(3, RespPortfolio.HistoryLimit).Reverse().Select(tick => Sample.Tick(tick).Text), ticks);
    }

    [Fact]
    public async Task Answers_live_a_day_rules_an_hour_a_lease_as_long_as_it_was_taken_for_and_the_rest_for_ever()
    {
        var portfolio = NewRespPortfolio();
        var keys = portfolio.Keys;
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0), Sample.Books(Sample.Trade("1", 0))), Sample.Rules(portfolio.Symbol));
        await portfolio.LeaseAsync(Sample.Tick(1));

        async Task Lives(RedisKey key, TimeSpan lifetime) =>
            Assert.InRange((await portfolio.Raw.KeyTimeToLiveAsync(key)).GetValueOrDefault(), lifetime - TimeSpan.FromSeconds(30), lifetime);
        await Lives(keys.Answer(Sample.Tick(0)), TimeSpan.FromHours(24));
        await Lives(keys.Rules, TimeSpan.FromHours(1));
        await Lives(keys.Lease, TimeSpan.FromMinutes(1));
        foreach (var key in (RedisKey[])[keys.Cost, keys.ProfitAndLoss, keys.Plan, keys.History, keys.Trades, keys.Journal, keys.Equity, keys.EquityHourly, keys.EquityStart, keys.Epoch])
            Assert.Null(await portfolio.Raw.KeyTimeToLiveAsync(key));
    }

    [Fact]
    public async Task The_stored_answer_is_the_answer_of_the_contract()
    {
        var portfolio = NewRespPortfolio();
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0), Sample.Books()));
        var answer = JsonDocument.Parse(Assert.IsType<LeaseAnswer.Finished>(await portfolio.Store.TakeLeaseAsync(Sample.Tick(0), "second", TimeSpan.FromMinutes(1))).Answer).RootElement;
        Assert.Equal(("success", "2.5", "SELL"), (answer.GetProperty("status").GetString(), answer.GetProperty("rebalance").GetProperty("price").GetRawText(), answer.GetProperty("rebalance").GetProperty("action").GetString()));
    }

    [Fact]
    public async Task Only_the_newest_trades_are_read_however_long_the_history_is()
    {
        var portfolio = NewRespPortfolio();
        var trades = Enumerable.Range(0, 300).Select(minute => Sample.Trade(minute.ToString("000", CultureInfo.InvariantCulture), minute)).ToArray();
        var books = Sample.Books(trades);
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0), books));

        Assert.Equal(300, await portfolio.Raw.SortedSetLengthAsync(portfolio.Keys.Trades));
        Assert.True((await portfolio.Store.ReadAsync()).Ledger.TryGet(out var ledger, out var failure), failure?.Reason);
        Assert.Equal(Ledger.RecentLimit, ledger!.Recent.Length);
        AnyBooks.AssertSame(books.Ledger, ledger);
    }
}
