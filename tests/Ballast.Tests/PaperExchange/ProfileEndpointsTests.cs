using System.Net;
using System.Text.Json.Nodes;
using Ballast.Core.Paper;

namespace Ballast.Tests.PaperExchange;

public class ProfileEndpointsTests
{
    private const string Deduction = "/api/v3/mxDeduct/enable";

    private static readonly HttpMethod Get = HttpMethod.Get;
    private static readonly HttpMethod Post = HttpMethod.Post;

    [Theory]
    [InlineData("kyc/status", """{"status":"1"}""")]
    [InlineData("uid", """{"uid":"209302839"}""")]
    [InlineData("tradeFee?symbol=QRLUSDT",
        """{"data":{"makerCommission":0.000000000000000000,"takerCommission":0.000500000000000000},"code":0,"msg":"success","timestamp":{now}}""")]
    public async Task The_account_is_described_as_the_documents_show_it(string path, string expected)
    {
        await using var paper = await PaperClient.StartAsync();
        var (name, parameters) = path.Split('?') is [var head, var tail] ? (head, tail) : (path, "");
        Assert.Equal(
            (HttpStatusCode.OK, expected.Replace("{now}", $"{paper.NowMs}", StringComparison.Ordinal)),
            await paper.TrySignedAsync(Get, "/api/v3/" + name, parameters));
    }

    [Fact]
    public async Task The_two_lists_of_symbols_differ_in_their_envelopes_only()
    {
        await using var paper = await PaperClient.StartAsync();
        var names = string.Join(',', paper.Engine.Listings.Select(listing => $"\"{listing.Symbol.Name}\""));
        Assert.Equal(
            (HttpStatusCode.OK, $$"""{"code":200,"data":[{{names}}],"msg":null}"""), await paper.TrySignedAsync(Get, "/api/v3/selfSymbols"));
        Assert.Equal(
            (HttpStatusCode.OK, $$"""{"data":[{{names}}],"code":0,"msg":"success","timestamp":{{paper.NowMs}}}"""),
            await paper.SendAsync(Get, "/api/v3/defaultSymbols", key: null));
    }

    [Fact]
    public async Task A_pair_that_programs_may_not_trade_is_in_neither_list()
    {
        await using var paper = await PaperClient.StartAsync();
        Relist(paper, listing => listing with { TradableByApi = false });
        Assert.DoesNotContain("QRLUSDT", (await paper.SignedAsync(Get, "/api/v3/selfSymbols"))["data"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("QRLUSDT", (await paper.GetAsync("/api/v3/defaultSymbols"))["data"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_does_not_trade_is_offline()
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal((HttpStatusCode.OK, """{"data":[]}"""), await paper.SendAsync(Get, "/api/v3/symbol/offline", key: null));
        Relist(paper, listing => listing with { Status = PairStatus.Paused });
        Assert.Equal(
            (HttpStatusCode.OK, """{"data":[{"symbol":"QRLUSDT","state":2}]}"""),
            await paper.SendAsync(Get, "/api/v3/symbol/offline", key: null));
    }

    [Fact]
    public async Task Fees_in_MX_are_switched_on_and_off()
    {
        await using var paper = await PaperClient.StartAsync();
        string Says(string enabled) =>
            $$$"""{"data":{"mxDeductEnable":{{{enabled}}}},"code":0,"msg":"success","timestamp":{{{paper.NowMs}}}}""";
        Assert.Equal((HttpStatusCode.OK, Says("false")), await paper.TrySignedAsync(Get, Deduction));
        Assert.Equal((HttpStatusCode.OK, Says("true")), await paper.TrySignedAsync(Post, Deduction, "mxDeductEnable=true"));
        Assert.Equal((HttpStatusCode.OK, Says("true")), await paper.TrySignedAsync(Get, Deduction));
        Assert.Equal((HttpStatusCode.OK, Says("false")), await paper.TrySignedAsync(Post, Deduction, "mxDeductEnable=false"));
        Assert.False(paper.Engine.MxDeduction);
        Assert.Equal(
            (HttpStatusCode.BadRequest,
                """{"code":700004,"msg":"Mandatory parameter 'mxDeductEnable' was not sent, was empty/null, or malformed."}"""),
            await paper.TrySignedAsync(Post, Deduction, "mxDeductEnable=perhaps"));
    }

    [Fact]
    public async Task A_coin_has_one_network_that_bears_its_name()
    {
        await using var paper = await PaperClient.StartAsync();
        var coins = (await paper.SignedAsync(Get, "/api/v3/capital/config/getall")).AsArray();
        Assert.Equal(
            PaperClient.OneLine("""
                {"coin":"QRL","Name":"Quantum Resistant Ledger","networkList":[{"coin":"QRL","depositDesc":null,"depositEnable":true,
                "minConfirm":0,"Name":"Quantum Resistant Ledger","network":"QRL","withdrawEnable":true,"withdrawFee":"0",
                "withdrawIntegerMultiple":null,"withdrawMax":"1000000000000","withdrawMin":"0","sameAddress":false,"contract":"",
                "withdrawTips":null,"depositTips":null,"netWork":"QRL"}]}
                """),
            coins.Single(coin => coin!["coin"]!.GetValue<string>() == "QRL")!.ToJsonString());
        Assert.Single(coins, coin => coin!["coin"]!.GetValue<string>() == "USDT");
        Assert.Equal("[]", (await paper.SignedAsync(Get, "/api/v3/capital/deposit/address", "coin=USDT")).ToJsonString());
    }

    [Fact]
    public async Task There_are_no_futures_here()
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal(
            (HttpStatusCode.OK, """{"success":true,"code":0,"data":[]}"""),
            await paper.SendAsync(Get, "/api/v1/contract/detail", key: null));
    }

    [Fact]
    public async Task A_listen_key_lives_an_hour_from_when_it_was_last_extended()
    {
        await using var paper = await PaperClient.StartAsync();
        const string stream = "/api/v3/userDataStream";
        string[] Keys(JsonNode list) => [.. list["listenKey"]!.AsArray().Select(key => key!.GetValue<string>())];
        var first = (await paper.SignedAsync(Post, stream))["listenKey"]!.GetValue<string>();
        var second = (await paper.SignedAsync(Post, stream))["listenKey"]!.GetValue<string>();
        Assert.NotEqual(first, second);
        paper.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(
            $$"""{"listenKey":["{{first}}","{{second}}"],"total":60,"available":58}""", (await paper.SignedAsync(Get, stream)).ToJsonString());
        Assert.Equal($$"""{"listenKey":"{{second}}"}""",
            (await paper.SignedAsync(HttpMethod.Put, stream, "listenKey=" + second)).ToJsonString());
        paper.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([second], Keys(await paper.SignedAsync(Get, stream)));
        Assert.Equal($$"""{"listenKey":"{{second}}"}""",
            (await paper.SignedAsync(HttpMethod.Delete, stream, "listenKey=" + second)).ToJsonString());
        Assert.Empty(Keys(await paper.SignedAsync(Get, stream)));
        Assert.Equal(
            (HttpStatusCode.BadRequest, """{"msg":"param is error","code":33333}"""),
            await paper.TrySignedAsync(HttpMethod.Put, stream, "listenKey=" + second));
    }

    [Fact]
    public async Task There_are_sixty_listen_keys_at_most()
    {
        await using var paper = await PaperClient.StartAsync();
        for (var created = 0; created < 60; created++)
            await paper.SignedAsync(Post, "/api/v3/userDataStream");
        Assert.Equal(HttpStatusCode.BadRequest, (await paper.TrySignedAsync(Post, "/api/v3/userDataStream")).Status);
    }

    [Theory]
    [InlineData("GET", "kyc/status")]
    [InlineData("GET", "uid")]
    [InlineData("GET", "selfSymbols")]
    [InlineData("GET", "tradeFee?symbol=QRLUSDT")]
    [InlineData("GET", "mxDeduct/enable")]
    [InlineData("POST", "mxDeduct/enable")]
    [InlineData("GET", "capital/config/getall")]
    [InlineData("GET", "capital/deposit/address")]
    [InlineData("POST", "userDataStream")]
    [InlineData("POST", "batchOrders")]
    [InlineData("DELETE", "order/all")]
    public async Task What_belongs_to_the_account_is_shown_to_nobody_without_a_key(string method, string path)
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal(
            (HttpStatusCode.BadRequest, """{"code":400,"msg":"api key required"}"""),
            await paper.SendAsync(new HttpMethod(method), "/api/v3/" + path, key: null));
    }

    private static void Relist(PaperClient paper, Func<Listing, Listing> change) => Assert.Null(paper.Engine.Relist(
        change(paper.Engine.Listings.Single(listing => listing.Symbol.Name == "QRLUSDT")), paper.Clock.GetUtcNow()));
}
