using Ballast.Core;

namespace Ballast.Tests.Mexc;

public class RateLimitTests : StubbedExchange
{
    private const string Route = "GET /api/v3/account";
    private static readonly StubReply Good = StubReply.Json("""{"balances":[]}""");

    [Fact]
    public async Task A_wait_in_seconds_that_fits_the_deadline_is_kept()
    {
        Exchange.On(Route, TooMany("3"), Good);
        Value(await Elapse(Client(time: Clock).BalancesAsync(Cancel)));
        Assert.Equal(2, Exchange.Requests.Count);
        Assert.True(Exchange.Requests[1].SignedAt - Exchange.Requests[0].SignedAt >= TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_wait_until_a_date_is_told_by_the_servers_own_clock()
    {
        Exchange.On(
            Route,
            TooMany("Wed, 21 Oct 2015 07:28:04 GMT").With("Date", "Wed, 21 Oct 2015 07:28:00 GMT"),
            Good);
        Value(await Elapse(Client(time: Clock).BalancesAsync(Cancel)));
        Assert.True(Exchange.Requests[1].SignedAt - Exchange.Requests[0].SignedAt >= TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_wait_beyond_the_deadline_ends_the_call_at_once()
    {
        Exchange.On(Route, TooMany("3600"), Good);
        var failure = Refusal(await Client(time: Clock).BalancesAsync(Cancel));
        Assert.Equal((FailureKind.RateLimited, TimeSpan.FromHours(1)), (failure.Kind, failure.RetryAfter));
        Assert.Single(Exchange.Requests);
    }

    [Theory]
    [InlineData(418, "60", 60)]
    [InlineData(429, "60", 60)]
    [InlineData(418, null, 120)]    // the shortest ban that is documented
    [InlineData(429, null, 10)]     // one counting window
    [InlineData(429, "99999999", 259200)]
    public async Task While_the_ban_lasts_nothing_is_sent_and_then_it_is_over(int status, string? retryAfter, int seconds)
    {
        Exchange.OnOrdinaryMarket()
            .On(Route, TooMany(retryAfter, status), Good)
            .On("POST /api/v3/order", StubReply.Json("""{"orderId":"1"}"""));
        var client = Client(Options with { TotalTimeout = TimeSpan.FromSeconds(1) }, Clock);
        Assert.Equal(FailureKind.RateLimited, Refusal(await client.BalancesAsync(Cancel)).Kind);

        Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.Equal(FailureKind.RateLimited, Refusal(await client.BalancesAsync(Cancel)).Kind);
        Assert.Equal(FailureKind.RateLimited, Refusal(await client.LastPriceAsync(Qrl, Cancel)).Kind);
        var failure = Refusal(await client.PlaceAsync(Sell, Cancel));
        Assert.Equal((FailureKind.RateLimited, TimeSpan.FromSeconds(1)), (failure.Kind, failure.RetryAfter));
        Assert.Single(Exchange.Requests);

        Clock.Advance(TimeSpan.FromSeconds(1));
        Value(await client.BalancesAsync(Cancel));
        Value(await client.PlaceAsync(Sell, Cancel));
    }

    [Fact]
    public async Task A_shorter_ban_does_not_end_a_longer_one()
    {
        var gate = new TaskCompletionSource();
        Exchange.On(Route, TooMany("600"))
            .On("GET /api/v3/time", TooMany("5").After(gate.Task), StubReply.Json("""{"serverTime":1767211150479}"""));
        var client = Client(Options with { TotalTimeout = TimeSpan.FromSeconds(1) }, Clock);
        var early = client.TimeAsync(Cancel);
        await client.BalancesAsync(Cancel);
        gate.SetResult();
        await early;

        Clock.Advance(TimeSpan.FromSeconds(590));
        Assert.Equal(TimeSpan.FromSeconds(10), Refusal(await client.TimeAsync(Cancel)).RetryAfter);
    }

    [Fact]
    public async Task A_throttled_order_was_not_placed_and_is_not_sent_again()
    {
        Exchange.On("POST /api/v3/order", TooMany("0"), StubReply.Json("""{"orderId":"1"}"""));
        Assert.Equal(FailureKind.RateLimited, Refusal(await Client().PlaceAsync(Sell, Cancel)).Kind);
        Assert.Single(Exchange.Requests);
    }

    [Fact]
    public async Task A_maintenance_that_names_its_end_is_waited_for()
    {
        Exchange.On(Route, StubReply.Empty(503).With("Retry-After", "2"), Good);
        Value(await Elapse(Client(time: Clock).BalancesAsync(Cancel)));
        Assert.True(Exchange.Requests[1].SignedAt - Exchange.Requests[0].SignedAt >= TimeSpan.FromSeconds(2));
    }

    private static StubReply TooMany(string? retryAfter, int status = 429)
    {
        var reply = StubReply.Json("""{"code":429,"msg":"Too Many Requests"}""", status);
        return retryAfter is null ? reply : reply.With("Retry-After", retryAfter);
    }
}
