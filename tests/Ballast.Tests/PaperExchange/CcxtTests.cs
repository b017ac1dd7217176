using System.Globalization;
using System.Text.Json.Nodes;
using Ballast.Core.Trading;

namespace Ballast.Tests.PaperExchange;

/// <summary>ccxt 4.5.84 as npm has it, on the paper exchange; what each check does stands in tests/clients/ccxt-checks.mjs.</summary>
public class CcxtTests(CcxtTests.Run run) : IClassFixture<CcxtTests.Run>
{
    public static readonly TheoryData<string> Checks =
    [
        "loadMarkets",
        "fetchTime",
        "fetchStatus",
        "fetchTicker",
        "fetchTickers",
        "fetchBidsAsks",
        "fetchOrderBook",
        "fetchTrades",
        "fetchOHLCV",
        "fetchOHLCV in every interval",
        "fetchBalance",
        "fetchTradingFee",
        "fetchDeposits",
        "fetchWithdrawals",
        "a market buy by quantity",
        "a market sell by quantity",
        "a market buy by cost",
        "a market sell by cost",
        "a limit order rests and is cancelled",
        "a limit order that meets the book is filled",
        "post-only rests",
        "post-only never takes",
        "immediate or cancel",
        "fill or kill",
        "an order by a client id",
        "a test order",
        "createOrders",
        "cancelAllOrders of a pair",
        "cancelAllOrders without a pair",
        "editOrder",
        "fetchOrders",
        "fetchMyTrades",
        "InsufficientFunds for a buy",
        "InsufficientFunds for a sell",
        "InvalidOrder below the minimum",
        "InvalidOrder outside the band",
        "BadSymbol",
        "BadSymbol for an order",
        "BadRequest for an unknown order to cancel",
        "ExchangeError for an unknown order",
        "AuthenticationError",
        "InvalidNonce",
        "RateLimitExceeded",
        "a thousand random operations leave the balance that their trades explain",
    ];

    public sealed class Run : IAsyncLifetime
    {
        internal ClientRun Client { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Client = await ClientRun.OfAsync("ccxt-checks.mjs", (engine, now) =>
        {
            engine.Deposit("USDT", 25, now);
            engine.Withdraw("USDT", 25, now);
        });

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
