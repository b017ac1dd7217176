using System.Globalization;
using System.Text.Json.Nodes;
using Ballast.Core.Trading;

namespace Ballast.Tests.PaperExchange;

/// <summary>The exchange's own mexc-api-sdk 1.0.3 as npm has it, on the paper exchange; what each check does stands in tests/clients/sdk-checks.mjs.</summary>
public class MexcSdkTests(MexcSdkTests.Run run) : IClassFixture<MexcSdkTests.Run>
{
    public static readonly TheoryData<string> Checks =
    [
        "ping",
        "time",
        "exchangeInfo",
        "depth",
        "trades",
        "historicalTrades",
        "aggTrades",
        "klines",
        "klines of 1h",
        "avgPrice",
        "ticker24hr",
        "tickerPrice",
        "bookTicker",
        "accountInfo",
        "newOrderTest",
        "newOrder, queryOrder, cancelOrder",
        "cancelOpenOrders",
        "a market order and its trades",
        "allOrders",
        "parentheses in a value",
        "a wrong secret",
        "an unknown key",
        "no key",
        "oversold",
        "too many requests",
    ];

    public sealed class Run : IAsyncLifetime
    {
        internal ClientRun Client { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Client = await ClientRun.OfAsync("sdk-checks.mjs", static (_, _) => { });

        public ValueTask DisposeAsync() => Client.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public void It_finds_what_it_would_find_on_the_original(string check)
    {
        Needs.Program("node");
        Assert.True(run.Client.Failures.TryGetValue(check, out var failure), $"the script did not come to it: {run.Client.Notes}");
        Assert.True(failure is null, failure);
    }

    [Fact]
    public void It_ran_these_checks_and_no_others()
    {
        Needs.Program("node");
        Assert.Equal(Checks.Select(check => check.Data).Order(), run.Client.Failures.Keys.Order());
    }

    [Fact]
    public void It_believes_to_hold_what_the_exchange_holds_for_it_to_the_last_digit()
    {
        Needs.Program("node");
        Assert.Equal(
            run.Client.Server!.Engine.Balances(run.Client.Now).Where(entry => entry.Value.Total > 0).OrderBy(entry => entry.Key),
            run.Client.Balances!.Select(entry => KeyValuePair.Create(entry.Key, BalanceOf(entry.Value!))).OrderBy(entry => entry.Key));
    }

    private static Balance BalanceOf(JsonNode shown) => new(Number(shown["free"]), Number(shown["locked"]));

    private static decimal Number(JsonNode? shown) => decimal.Parse(shown!.GetValue<string>(), CultureInfo.InvariantCulture);
}
