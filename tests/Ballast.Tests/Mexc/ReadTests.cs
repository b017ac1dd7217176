using Ballast.Core;
using Ballast.Mexc;

namespace Ballast.Tests.Mexc;

public class ReadTests : StubbedExchange
{
    private const string Route = "GET /api/v3/time";
    private static readonly StubReply Good = StubReply.Json("""{"serverTime":1767211150479}""");

    public static readonly TheoryData<string> Passing = ["500", "503", "drop", "truncated", "garbage", "html", "invalid utf-8", "bad gzip"];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_read_is_repeated_over_trouble_that_passes(string trouble)
    {
        Exchange.On(Route, Reply(trouble), Good);
        Assert.Equal(1767211150479, Value(await Client().TimeAsync(Cancel)).ToUnixTimeMilliseconds());
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Trouble_that_stays_makes_the_exchange_unavailable(string trouble)
    {
        Exchange.On(Route, Reply(trouble));
        var failure = Refusal(await Client().TimeAsync(Cancel));
        Assert.Equal(FailureKind.Unavailable, failure.Kind);
        Assert.StartsWith("GET /api/v3/time: ", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_is_asked_four_times_at_most()
    {
        Exchange.On(Route, StubReply.Empty(500));
        await Client().TimeAsync(Cancel);
        Assert.Equal(4, Exchange.Requests.Count);
    }

    [Fact]
    public async Task A_read_that_the_exchange_refuses_is_not_repeated()
    {
        Exchange.On(Route, StubReply.Json("""{"code":700006,"msg":"IP [1.2.3.4] not in the ip white list"}""", 400));
        Assert.Equal(FailureKind.Rejected, Refusal(await Client().TimeAsync(Cancel)).Kind);
        Assert.Single(Exchange.Requests);
    }

    [Fact]
    public async Task A_silent_attempt_is_given_up_and_repeated()
    {
        Exchange.On(Route, StubReply.Silence(), Good);
        Value(await Client(Options with { AttemptTimeout = TimeSpan.FromMilliseconds(150) }).TimeAsync(Cancel));
        Assert.Equal(2, Exchange.Requests.Count);
    }

    [Fact]
    public async Task An_answer_that_stops_half_way_is_given_up_too()
    {
        Exchange.On(Route, StubReply.Stall("""{"serverTime":17672"""));
        var client = Client(Options with { AttemptTimeout = TimeSpan.FromMilliseconds(100), TotalTimeout = TimeSpan.FromMilliseconds(300) });
        var failure = Refusal(await client.TimeAsync(Cancel));
        Assert.Equal(FailureKind.Unavailable, failure.Kind);
        Assert.Contains("no answer within", failure.Reason, StringComparison.Ordinal);
    }

    // Attempts of 4 s and waits of up to 0.2, 0.4 and 0.8 s: the third attempt is cut short by the deadline, and there is no fourth.
    [Fact]
    public async Task All_repeats_fit_into_the_deadline()
    {
        Exchange.On(Route, StubReply.Silence());
        var options = Options with
        {
            AttemptTimeout = TimeSpan.FromSeconds(4),
            TotalTimeout = TimeSpan.FromSeconds(10),
            RepeatDelay = TimeSpan.FromMilliseconds(200),
        };
        var call = Client(options, Clock).TimeAsync(Cancel);
        for (var passed = TimeSpan.Zero; passed < options.TotalTimeout + options.RepeatDelay; passed += TimeSpan.FromMilliseconds(50))
        {
            Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel);
        }
        // The clock stands still now, so whatever goes on beyond the deadline would go on for ever.
        Assert.Equal(FailureKind.Unavailable, Refusal(await call.WaitAsync(TimeSpan.FromSeconds(10), Cancel)).Kind);
        Assert.InRange(Exchange.Requests.Count, 1, 3);
    }

    [Fact]
    public async Task Each_wait_is_at_least_half_of_twice_the_one_before()
    {
        Exchange.On("GET /api/v3/account", StubReply.Empty(500));
        var options = Options with { RepeatDelay = TimeSpan.FromSeconds(2) };
        await Elapse(Client(options, Clock).BalancesAsync(Cancel));

        var sent = Exchange.Requests.Select(request => request.SignedAt).ToArray();
        var waits = sent.Skip(1).Zip(sent, (later, earlier) => later - earlier).ToArray();
        Assert.True(waits[0] >= TimeSpan.FromSeconds(1));
        Assert.True(waits[1] >= TimeSpan.FromSeconds(2));
        Assert.True(waits[2] >= TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_compressed_answer_is_read()
    {
        Exchange.On(Route, StubReply.Gzip("""{"serverTime":1767211150479}"""));
        Value(await Client().TimeAsync(Cancel));
        Assert.Contains("gzip", Exchange.Requests.Single().Headers["Accept-Encoding"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_unpacks_to_too_much_is_refused_unread()
    {
        Exchange.On(Route, StubReply.Gzip(new string(' ', 17 * 1024 * 1024) + "{}"));
        var failure = Refusal(await Client().TimeAsync(Cancel));
        Assert.Equal(FailureKind.Unavailable, failure.Kind);
        Assert.Contains("far larger", failure.Reason, StringComparison.Ordinal);
        Assert.Single(Exchange.Requests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_a_cookie_not_kept()
    {
        var elsewhere = StubReply.Empty(302).With("Location", "/api/v3/time").With("Set-Cookie", "a=b");
        Exchange.On("GET /api/v3/ticker/price", elsewhere).On(Route, Good);
        var client = Client();
        Assert.Equal(FailureKind.Unavailable, Refusal(await client.LastPriceAsync(Qrl, Cancel)).Kind);
        Assert.Single(Exchange.Requests);
        Value(await client.TimeAsync(Cancel));
        Assert.False(Exchange.Requests[1].Headers.ContainsKey("Cookie"));
    }

    private static StubReply Reply(string trouble) => trouble switch
    {
        "500" => StubReply.Empty(500),
        "503" => StubReply.Html(503),
        "drop" => StubReply.Drop(),
        "truncated" => StubReply.Truncated("""{"serverTime":1767211150479}"""),
        "garbage" => StubReply.Json("{\"serverTime\":17672"),
        "html" => StubReply.Html(200),
        "invalid utf-8" => StubReply.Bytes([(byte)'"', 0xff, 0xfe, (byte)'"']),
        "bad gzip" => StubReply.Json("{}").With("Content-Encoding", "gzip"),
        _ => throw new ArgumentException(trouble),
    };
}
