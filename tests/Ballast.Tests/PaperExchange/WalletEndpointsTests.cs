using System.Net;
using System.Text.Json.Nodes;

namespace Ballast.Tests.PaperExchange;

public class WalletEndpointsTests
{
    private const string Deposits = "/api/v3/capital/deposit/hisrec";
    private const string Withdrawals = "/api/v3/capital/withdraw/history";

    private static readonly HttpMethod Get = HttpMethod.Get;

    [Fact]
    public async Task A_deposit_is_shown_field_by_field()
    {
        await using var paper = await PaperClient.StartAsync();
        var id = Deposit(paper, "USDT", 250.50m);
        Assert.Equal(
            PaperClient.OneLine($$"""
                [{"amount":"250.5","coin":"USDT","network":"USDT","status":5,"address":"","addressTag":null,"txId":"{{id}}",
                "insertTime":{{paper.NowMs}},"unlockConfirm":"0","confirmTimes":"0","memo":""}]
                """),
            (await paper.SignedAsync(Get, Deposits)).ToJsonString());
        Assert.Equal("[]", (await paper.SignedAsync(Get, Withdrawals)).ToJsonString());
    }

    [Fact]
    public async Task A_withdrawal_is_shown_field_by_field_and_its_amount_is_not_negative()
    {
        await using var paper = await PaperClient.StartAsync();
        var id = Withdraw(paper, "QRL", 1_000m);
        Assert.Equal(
            PaperClient.OneLine($$"""
                [{"id":"{{id}}","txId":null,"coin":"QRL","network":"QRL","netWork":"QRL","address":"","amount":"1000","transferType":0,
                "status":7,"transactionFee":"0","confirmNo":null,"applyTime":{{paper.NowMs}},"remark":"","memo":"","transHash":"{{id}}",
                "updateTime":{{paper.NowMs}},"coinId":"QRL","vcoinId":"QRL","withdrawOrderId":null,"explorerUrl":""}]
                """),
            (await paper.SignedAsync(Get, Withdrawals)).ToJsonString());
        Assert.Equal("[]", (await paper.SignedAsync(Get, Deposits)).ToJsonString());
    }

    [Fact]
    public async Task The_key_may_not_withdraw_unless_a_fault_says_that_it_may()
    {
        await using var paper = await PaperClient.StartAsync();
        var cancel = () => paper.TrySignedAsync(HttpMethod.Delete, "/api/v3/capital/withdraw", "id=none&");
        Assert.Equal((HttpStatusCode.BadRequest, """{"code":700007,"msg":"No permission to access the endpoint."}"""), await cancel());
        Assert.Null(paper.Faults.Set(new Ballast.PaperExchange.Faults.FaultRequest("withdrawal-key")).Failure);
        Assert.Contains("22222", (await cancel()).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "4 3 2 1")]
    [InlineData("coin=QRL", "3 1")]
    [InlineData("coin=BTC", "")]
    [InlineData("coin=", "4 3 2 1")]
    [InlineData("limit=2", "4 3")]
    [InlineData("limit=0", "4")]
    [InlineData("limit=999999", "4 3 2 1")]
    [InlineData("status=5", "4 3 2 1")]
    [InlineData("status=7", "")]
    public async Task A_history_is_newest_first_and_as_narrow_as_it_was_asked_for(string query, string amounts)
    {
        await using var paper = await PaperClient.StartAsync();
        for (var units = 1; units <= 4; units++)
        {
            Deposit(paper, units % 2 == 0 ? "USDT" : "QRL", units);
            paper.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(amounts, Amounts(await paper.SignedAsync(Get, Deposits, query)));
    }

    [Fact]
    public async Task Without_a_window_the_last_seven_days_are_meant()
    {
        await using var paper = await PaperClient.StartAsync();
        var began = paper.NowMs;
        Deposit(paper, "QRL", 1);
        paper.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal("1", Amounts(await paper.SignedAsync(Get, Deposits)));
        paper.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Deposit(paper, "QRL", 2);
        Assert.Equal("2", Amounts(await paper.SignedAsync(Get, Deposits)));
        Assert.Equal("1", Amounts(await paper.SignedAsync(Get, Deposits, $"endTime={began}")));
        Assert.Equal("2", Amounts(await paper.SignedAsync(Get, Deposits, $"startTime={began + 1}")));
        Assert.Equal("1", Amounts(await paper.SignedAsync(Get, Deposits, $"startTime={began}&endTime={began}")));
    }

    [Theory]
    [InlineData(Deposits)]
    [InlineData(Withdrawals)]
    public async Task A_window_that_is_too_long_or_too_old_is_refused_in_the_exchanges_words(string path)
    {
        await using var paper = await PaperClient.StartAsync();
        const long day = 86_400_000;
        var tooLong = $"startTime={paper.NowMs - 7 * day - 1}";
        var tooOld = $"startTime={paper.NowMs - 90 * day - 1}&endTime={paper.NowMs - 89 * day}";
        Assert.Equal(
            (HttpStatusCode.BadRequest, """{"msg":"The time range cannot be longer than 7 days","code":400}"""),
            await paper.TrySignedAsync(Get, path, tooLong));
        Assert.Equal(
            (HttpStatusCode.BadRequest, """{"msg":"The start time cannot be earlier than 90 days","code":400}"""),
            await paper.TrySignedAsync(Get, path, tooOld));
        Assert.Equal(HttpStatusCode.BadRequest, (await paper.TrySignedAsync(Get, path, "endTime=0")).Status);
    }

    [Theory]
    [InlineData("startTime=yesterday", "startTime")]
    [InlineData("limit=-1", "limit")]
    [InlineData("status=done", "status")]
    public async Task A_parameter_that_cannot_be_read_is_named(string query, string parameter)
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal(
            (HttpStatusCode.BadRequest, $$"""{"code":700008,"msg":"Illegal characters found in parameter '{{parameter}}'"}"""),
            await paper.TrySignedAsync(Get, Deposits, query));
    }

    [Theory]
    [InlineData(Deposits)]
    [InlineData(Withdrawals)]
    public async Task A_wallet_is_shown_to_nobody_without_a_key(string path)
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal(
            (HttpStatusCode.BadRequest, """{"code":400,"msg":"api key required"}"""),
            await paper.SendAsync(Get, path, key: null));
    }

    private static string Deposit(PaperClient paper, string asset, decimal units) =>
        paper.Engine.Deposit(asset, units, paper.Clock.GetUtcNow()).TryGet(out var transfer, out var refusal)
            ? transfer.Id
            : throw new InvalidOperationException(refusal.Reason);

    private static string Withdraw(PaperClient paper, string asset, decimal units) =>
        paper.Engine.Withdraw(asset, units, paper.Clock.GetUtcNow()).TryGet(out var transfer, out var refusal)
            ? transfer.Id
            : throw new InvalidOperationException(refusal.Reason);

    private static string Amounts(JsonNode rows) => string.Join(' ', rows.AsArray().Select(row => row!["amount"]!.GetValue<string>()));
}
