using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Tests.Core;
using StackExchange.Redis;

namespace Ballast.Tests.Server.Store;

/// <summary>What concerns orders, as an owner sees and changes it with redis-cli. What cannot be read never passes for "none".</summary>
public abstract partial class RespStoreSuite
{
    private static readonly OrderIntent Standing = new()
    {
        ClientOrderId = "ballast-1",
        Tick = "15-min-job/2026-01-01T12:00:00Z",
        Side = Side.Buy,
        Type = OrderType.ImmediateOrCancel,
        Quantity = new Quantity(20.50m),
        Limit = new Price(2.525m),
        Price = new Price(2.5m),
        At = Sample.Noon,
    };

    private static readonly TradingAfter Traded = new()
    {
        State = TradingState.New.Ordered(Standing),
        Open = Standing,
        Proposal = new Proposal(Standing.Tick, Side.Sell, new Quantity(7), new Price(2.5m), Sample.Noon, Sample.Noon.AddHours(1)),
        NewHalt = new Halt(Sample.Noon, "Ballast", "3 ticks in a row failed"),
        NewMode = new ModeChange(Mode.Observe, Sample.Noon, "Ballast", "the store lost a part of its memory"),
        Finished = [OrderReport.Of(Standing with { ClientOrderId = "ballast-0" }, OrderOutcome.Filled, "filled")],
    };

    [Fact]
    public async Task Every_key_about_orders_has_the_name_and_the_type_that_operators_know()
    {
        var portfolio = await TradedAsync();
        (string Name, RedisKey Key, string Type)[] expected =
        [
            ("order:open", portfolio.Keys.OpenOrder, "hash"),
            ("orders", portfolio.Keys.Orders, "list"), ("orders:ids", portfolio.Keys.OrderIds, "zset"),
            ("halt", portfolio.Keys.Halt, "hash"), ("mode", portfolio.Keys.Mode, "hash"), ("proposal", portfolio.Keys.Proposal, "hash"),
            ("trading", portfolio.Keys.Trading, "hash"),
        ];
        foreach (var (name, key, type) in expected)
        {
            Assert.Equal($"{portfolio.Keys}{name}", $"{key}");
            Assert.Equal(type, $"{await portfolio.Raw.ExecuteAsync("TYPE", key)}");
            Assert.Null(await portfolio.Raw.KeyTimeToLiveAsync(key));
        }
    }

    [Fact]
    public async Task An_open_order_lies_there_as_plain_words_and_numbers()
    {
        var portfolio = await TradedAsync();
        var fields = (await portfolio.Raw.HashGetAllAsync(portfolio.Keys.OpenOrder)).ToStringDictionary();
        Assert.Equal(
            ("ballast-1", "buy", "20.5", "2.525", "2.5", "2026-01-01T12:00:00Z", "0"),
            (fields["client_order_id"], fields["side"], fields["quantity"], fields["limit_price"], fields["price"], fields["at"],
                fields["not_found"]));
    }

    [Theory]
    [InlineData("HSET anything 1")]
    [InlineData("HSET reason holidays")]
    [InlineData("HSET since yesterday")]
    [InlineData("SET 1")]
    [InlineData("SET ")]                        // an empty text
    [InlineData("LPUSH 1")]
    [InlineData("SADD 1")]
    public async Task Whatever_is_written_to_the_halt_key_halts(string command)
    {
        var portfolio = NewRespPortfolio();
        var lease = await portfolio.LeaseAsync(Sample.Tick(0));
        var words = command.Split(' ');
        await portfolio.Raw.ExecuteAsync(words[0], [portfolio.Keys.Halt, .. words[1..]]);

        var halt = (await portfolio.Store.ReadAsync()).Trading.Must().Halt;
        Assert.Equal("hand", halt!.By);
        Assert.NotEmpty(halt.Reason);
        var report = Sample.Report(lease.Tick) with { Trading = new TradingAfter { State = TradingState.New, Open = Standing } };
        Assert.Equal(BeginAnswer.Halted, await portfolio.Store.BeginOrderAsync(lease, report, null));
    }

    [Fact]
    public async Task A_halt_is_lifted_by_deleting_its_key()
    {
        var portfolio = await TradedAsync();
        await portfolio.Raw.KeyDeleteAsync(portfolio.Keys.Halt);
        Assert.Null((await portfolio.Store.ReadAsync()).Trading.Must().Halt);
    }

    [Theory]
    [InlineData("order:open", "client_order_id", null)]
    [InlineData("order:open", "tick", "")]
    [InlineData("order:open", "side", "both")]
    [InlineData("order:open", "side", "1")]                 // a place in a list, not a word
    [InlineData("order:open", "side", "buy,sell")]
    [InlineData("order:open", "type", "stop")]
    [InlineData("order:open", "quantity", "20,5")]
    [InlineData("order:open", "quantity", null)]
    [InlineData("order:open", "limit_price", "NaN")]
    [InlineData("order:open", "price", "")]
    [InlineData("order:open", "at", "yesterday")]
    [InlineData("order:open", "not_found", "-1")]
    [InlineData("order:open", "not_found", "1e28")]
    [InlineData("order:open", "not_found", "0.5")]
    [InlineData("trading", "last_order_at", "1767268800")]
    [InlineData("trading", "day", "today")]                 // or the sums of today would be forgotten
    [InlineData("trading", "day", null)]
    [InlineData("trading", "day_notional", "50 USDT")]
    [InlineData("trading", "day_notional", null)]
    [InlineData("trading", "day_orders", "-48")]
    [InlineData("trading", "day_orders", "many")]
    [InlineData("trading", "last_price", "x")]
    [InlineData("trading", "peak", "1e400")]
    [InlineData("trading", "failures", "-1e28")]
    [InlineData("trading", "refused_types", "Market Stop")]
    [InlineData("trading", "refused_types", "1")]
    [InlineData("mode", "mode", "off")]
    [InlineData("mode", "mode", "2")]
    [InlineData("mode", "mode", null)]
    [InlineData("mode", "at", "yesterday")]
    [InlineData("proposal", "tick", null)]
    [InlineData("proposal", "side", "hold")]
    [InlineData("proposal", "quantity", "all")]
    [InlineData("proposal", "price", null)]
    [InlineData("proposal", "at", "noon")]
    [InlineData("proposal", "expires", "never")]
    public async Task A_field_about_orders_that_cannot_be_read_is_named_and_no_order_leaves(string name, string field, string? value)
    {
        var portfolio = await TradedAsync();
        RedisKey key = $"{portfolio.Keys}{name}";
        await (value is null ? portfolio.Raw.HashDeleteAsync(key, field) : portfolio.Raw.HashSetAsync(key, field, value));
        var failure = (await portfolio.Store.ReadAsync()).Trading.MustFail();
        Assert.Equal(FailureKind.BadData, failure.Kind);
        Assert.Contains($"field {field} of {key} ", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("order:open")]
    [InlineData("orders:ids")]
    [InlineData("mode")]
    [InlineData("proposal")]
    [InlineData("trading")]
    public async Task A_key_about_orders_of_another_type_is_named_and_no_order_leaves(string name)
    {
        var portfolio = NewRespPortfolio();
        RedisKey key = $"{portfolio.Keys}{name}";
        await portfolio.Raw.StringSetAsync(key, "somebody else's");
        var failure = (await portfolio.Store.ReadAsync()).Trading.MustFail();
        Assert.Equal(FailureKind.BadData, failure.Kind);
        Assert.Contains($"{key}", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_is_no_order_where_the_open_order_stands_lets_none_begin()
    {
        var portfolio = NewRespPortfolio();
        await portfolio.Raw.StringSetAsync(portfolio.Keys.OpenOrder, "somebody else's");
        var lease = await portfolio.LeaseAsync(Sample.Tick(0));
        var report = Sample.Report(lease.Tick) with { Trading = new TradingAfter { State = TradingState.New, Open = Standing } };
        Assert.Equal(BeginAnswer.Occupied, await portfolio.Store.BeginOrderAsync(lease, report, null));
    }

    [Fact]
    public async Task A_settled_order_is_known_for_three_days()
    {
        var portfolio = await TradedAsync();
        var later = Sample.Report(Sample.Tick(1)) with
        {
            Timestamp = Sample.Noon.AddHours(73),
            Trading = Traded with { Finished = [OrderReport.Of(Standing, OrderOutcome.Filled, "filled")] },
        };
        await portfolio.RunAsync(later);
        Assert.Equal("ballast-1", Assert.Single((await portfolio.Store.ReadAsync()).Trading.Must().Known));
        Assert.Equal(2, await portfolio.Raw.ListLengthAsync(portfolio.Keys.Orders));
    }

    private async Task<RespPortfolio> TradedAsync()
    {
        var portfolio = NewRespPortfolio();
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0)) with { Trading = Traded });
        return portfolio;
    }
}
