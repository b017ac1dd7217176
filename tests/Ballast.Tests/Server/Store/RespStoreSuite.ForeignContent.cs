using Ballast.Core;
using Ballast.Core.Ticks;
using CsCheck;
using StackExchange.Redis;

namespace Ballast.Tests.Server.Store;

/// <summary>Keys that hold what Ballast did not write there: a fact about the data that is reported, and never taken for "no books yet".</summary>
public abstract partial class RespStoreSuite
{
    [Theory]
    [InlineData("settled_quantity", null, "settled_quantity")]
    [InlineData("avg_cost", "", "avg_cost")]
    [InlineData("avg_cost", "NaN", "'NaN'")]
    [InlineData("avg_cost", "1,5", "'1,5'")]
    [InlineData("quantity", "1e400", "'1e400'")]
    [InlineData("quantity", "0x10", "'0x10'")]
    [InlineData("opening_at", "yesterday", "'yesterday'")]
    [InlineData("last_trade_time", "1767268800", "'1767268800'")]
    [InlineData("settled_fee:MX", "much", "'much'")]
    [InlineData("unproven_since", "2026-01-01T12:00:00Z", "unproven_base")]
    [InlineData("settled_flows", "1 2 x", "'1 2 x'")]
    [InlineData("base_asset", "", "base_asset")]
    [InlineData("gap_from", "2026-01-01T12:00:00Z", "gap_to")]
    public async Task A_field_that_cannot_be_read_is_named_and_the_books_are_not_opened_anew(string field, string? value, string named)
    {
        var portfolio = await WithBooksAsync();
        await (value is null ? portfolio.Raw.HashDeleteAsync(portfolio.Keys.Cost, field) : portfolio.Raw.HashSetAsync(portfolio.Keys.Cost, field, value));
        await BooksAreUnreadableAsync(portfolio, named);
    }

    [Fact]
    public async Task The_cost_hash_of_another_program_is_no_empty_book()
    {
        var portfolio = NewRespPortfolio();
        await portfolio.Raw.HashSetAsync(portfolio.Keys.Cost, [new("avg_cost", "2.5"), new("updated_at", "2025-01-01 00:00:00")]);
        await BooksAreUnreadableAsync(portfolio, "has no field");
    }

    [Theory]
    [InlineData("cost", true)]
    [InlineData("cost", false)]
    [InlineData("trades", true)]
    [InlineData("trades", false)]
    [InlineData("movements", true)]
    [InlineData("movements", false)]
    public async Task A_key_of_another_type_makes_the_books_unreadable(string which, bool withBooks)
    {
        var portfolio = withBooks ? await WithBooksAsync() : NewRespPortfolio();
        var key = which switch { "cost" => portfolio.Keys.Cost, "trades" => portfolio.Keys.Trades, _ => portfolio.Keys.Movements };
        await portfolio.Raw.KeyDeleteAsync(key);
        await portfolio.Raw.StringSetAsync(key, "somebody else's");
        await BooksAreUnreadableAsync(portfolio, $"{key}");
    }

    [Theory]
    [InlineData("junk")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":"1"}""")]
    [InlineData("""{"id":null,"time":"2026-01-01T12:00:00Z","side":"BUY","price":1,"quantity":1,"quote_quantity":1,"fee":0,"fee_asset":"USDT","order_id":"1"}""")]
    [InlineData("""{"id":"1","time":"2026-01-01T12:00:00Z","side":"BUY","price":1,"quantity":1,"quote_quantity":1,"fee_asset":"USDT","order_id":"1"}""")]
    [InlineData("""{"id":"1","time":"2026-01-01T12:00:00Z","side":"buy?","price":1,"quantity":1,"quote_quantity":1,"fee":0,"fee_asset":"USDT","order_id":"1"}""")]
    [InlineData("""{"id":"1","time":"2026-01-01T12:00:00Z","side":"BUY","price":1e400,"quantity":1,"quote_quantity":1,"fee":0,"fee_asset":"USDT","order_id":"1"}""")]
    [InlineData("""{"id":"1","time":"noon","side":"BUY","price":1,"quantity":1,"quote_quantity":1,"fee":0,"fee_asset":"USDT","order_id":"1"}""")]
    [InlineData("""{"id":"1","time":"2026-01-01T12:00:00Z","side":"BUY","price":"1","quantity":1,"quote_quantity":1,"fee":0,"fee_asset":"USDT","order_id":"1"}""")]
    public async Task A_member_that_is_no_trade_makes_the_books_unreadable(string member)
    {
        var portfolio = await WithBooksAsync();
        await portfolio.Raw.SortedSetAddAsync(portfolio.Keys.Trades, member, Sample.Noon.AddMinutes(9).ToUnixTimeMilliseconds());
        await BooksAreUnreadableAsync(portfolio, $"{portfolio.Keys.Trades}");
    }

    [Fact]
    public async Task Whatever_a_field_is_replaced_by_reading_does_not_fail()
    {
        var portfolio = await WithBooksAsync();
        var whole = await portfolio.Raw.HashGetAllAsync(portfolio.Keys.Cost);
        await Gen.Select(Gen.Int[0, whole.Length - 1], Gen.String).SampleAsync(async (field, junk) =>
        {
            await portfolio.Raw.HashSetAsync(portfolio.Keys.Cost, whole);
            await portfolio.Raw.HashSetAsync(portfolio.Keys.Cost, whole[field].Name, junk);
            var state = await portfolio.Store.ReadAsync();
            Assert.True(state.Ledger.Failure is { Kind: FailureKind.BadData } || (state.Ledger.TryGet(out var ledger, out _) && ledger is not null));
        }, iter: Cases, threads: 1);
    }

    [Fact]
    public async Task Trades_that_were_lost_are_noticed()
    {
        var portfolio = await WithBooksAsync();
        await portfolio.Raw.KeyDeleteAsync(portfolio.Keys.Trades);
        Assert.True((await portfolio.Store.ReadAsync()).Ledger.TryGet(out var ledger, out _));
        Assert.False(ledger!.Coherent());
    }

    [Theory]
    [InlineData("junk")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"base":"QRL","quote":"USDT","price_step":0.1,"quantity_step":0,"min_quantity":1,"min_notional":1,"taker_fee":0,"tradable":true}""")]
    [InlineData("""{"base":"QRL","quote":"USDT","price_step":0.1,"quantity_step":0.1,"min_quantity":1,"min_notional":1,"tradable":true}""")]
    [InlineData("""{"base":null,"quote":"USDT","price_step":0.1,"quantity_step":0.1,"min_quantity":1,"min_notional":1,"taker_fee":0,"tradable":true}""")]
    [InlineData(null)]
    public async Task Rules_that_cannot_be_read_are_as_good_as_none_and_are_replaced(string? junk)
    {
        var portfolio = NewRespPortfolio();
        await (junk is null ? portfolio.Raw.ListLeftPushAsync(portfolio.Keys.Rules, "another type") : portfolio.Raw.StringSetAsync(portfolio.Keys.Rules, junk) as Task);
        Assert.Null((await portfolio.Store.ReadAsync()).Rules);
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0)), Sample.Rules(portfolio.Symbol));
        Assert.Equal(Sample.Rules(portfolio.Symbol), (await portfolio.Store.ReadAsync()).Rules);
    }

    [Fact]
    public async Task Settings_of_another_type_never_become_the_default_ones()
    {
        var portfolio = NewRespPortfolio();
        await portfolio.Raw.StringSetAsync(portfolio.Keys.Settings, "threshold=0.02");
        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(portfolio.Store.ReadAsync);
        Assert.Contains($"{portfolio.Keys.Settings}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rebalance:history")]
    [InlineData("trades:history")]
    [InlineData("movements")]
    [InlineData("journal")]
    [InlineData("equity")]
    [InlineData("equity:hourly")]
    public async Task Where_a_list_cannot_grow_nothing_is_written_at_all(string name)
    {
        var portfolio = await WithBooksAsync();
        RedisKey key = $"{portfolio.Keys}{name}";
        await portfolio.Raw.KeyDeleteAsync(key);
        await portfolio.Raw.StringSetAsync(key, "somebody else's");
        var lease = await portfolio.LeaseAsync(Sample.Tick(1));

        var before = await portfolio.ContentAsync();
        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            portfolio.Store.CommitAsync(lease, Sample.Report(lease.Tick, Sample.Books(Sample.Trade("2", 3))), Sample.Rules(portfolio.Symbol)));
        Assert.Equal(before, await portfolio.ContentAsync());
        Assert.Contains($"{key}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_epoch_that_is_no_number_is_an_outage_and_no_lease()
    {
        var portfolio = NewRespPortfolio();
        await portfolio.Raw.StringSetAsync(portfolio.Keys.Epoch, "junk");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => portfolio.Store.TakeLeaseAsync(Sample.Tick(0), "first", TimeSpan.FromMinutes(1)));
    }

    private async Task<RespPortfolio> WithBooksAsync()
    {
        var portfolio = NewRespPortfolio();
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0), Sample.Books(Sample.Trade("1", 0, fee: 1, feeAsset: "MX"))));
        return portfolio;
    }

    private static async Task BooksAreUnreadableAsync(RespPortfolio portfolio, string named)
    {
        var failure = (await portfolio.Store.ReadAsync()).Ledger.Failure;
        Assert.Equal(FailureKind.BadData, failure?.Kind);
        Assert.Contains(named, failure!.Reason, StringComparison.Ordinal);
    }
}
