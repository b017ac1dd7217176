using System.Net;

namespace Ballast.Tests.PaperExchange;

public class GateTests
{
    private const string Account = "/api/v3/account";
    private const string Test = "/api/v3/order/test";

    private const string SignatureInvalid = """{"code":700002,"msg":"Signature for this request is not valid."}""";
    private const string OutsideWindow = """{"code":700003,"msg":"Timestamp for this request is outside of the recvWindow."}""";

    [Theory]
    [InlineData(null, """{"code":400,"msg":"api key required"}""")]
    [InlineData("mx0 paper/key", """{"code":700001,"msg":"API-key format invalid."}""")]
    [InlineData("mx0somebodyelse", """{"code":10072,"msg":"Api key info invalid"}""")]
    public async Task A_missing_or_foreign_key_is_turned_away(string? key, string expected)
    {
        await using var paper = await PaperClient.StartAsync();
        var query = paper.Stamped("");
        Assert.Equal(
            (HttpStatusCode.BadRequest, expected),
            await paper.SendAsync(HttpMethod.Get, $"{Account}?{query}&signature={PaperClient.Sign(query)}", key: key));
    }

    [Theory]
    [InlineData("", "", "signature")]
    [InlineData("", "&signature=", "signature")]
    [InlineData("timestamp=", "&signature=00", "timestamp")]
    [InlineData("timestamp=soon", "&signature=00", "timestamp")]
    [InlineData("timestamp=-1", "&signature=00", "timestamp")]
    [InlineData("timestamp=99999999999999999999", "&signature=00", "timestamp")]
    public async Task What_every_signed_request_carries_must_be_there(string parameters, string signature, string missing)
    {
        await using var paper = await PaperClient.StartAsync();
        var query = parameters.Length > 0 ? parameters : paper.Stamped("");
        var expected = $$"""{"code":700004,"msg":"Mandatory parameter '{{missing}}' was not sent, was empty/null, or malformed."}""";
        Assert.Equal(
            (HttpStatusCode.BadRequest, expected),
            await paper.SendAsync(HttpMethod.Get, $"{Account}?{query}{signature}"));
    }

    // The clock stands; offsets are of the client's stamp against it.
    [Theory]
    [InlineData(0, "", null)]
    [InlineData(-5000, "", null)]
    [InlineData(-5001, "", OutsideWindow)]
    [InlineData(999, "", null)]
    [InlineData(1000, "", OutsideWindow)]
    [InlineData(-60000, "&recvWindow=60000", null)]
    [InlineData(-60001, "&recvWindow=60000", OutsideWindow)]
    [InlineData(-101, "&recvWindow=100", OutsideWindow)]
    [InlineData(-6000, "&recvWindow=", OutsideWindow)]
    [InlineData(0, "&recvWindow=60001", """{"code":700005,"msg":"recvWindow must less than 60000"}""")]
    [InlineData(0, "&recvWindow=long", """{"code":700008,"msg":"Illegal characters found in parameter 'recvWindow'"}""")]
    public async Task A_stamp_is_taken_while_it_is_fresh(int offsetMs, string window, string? refusal)
    {
        await using var paper = await PaperClient.StartAsync();
        var query = $"timestamp={paper.NowMs + offsetMs}{window}";
        var (status, text) = await paper.SendAsync(HttpMethod.Get, $"{Account}?{query}&signature={PaperClient.Sign(query)}");
        Assert.Equal(refusal is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest, status);
        if (refusal is not null)
            Assert.Equal(refusal, text);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("zz")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_wrong_signature_is_turned_away(string signature)
    {
        await using var paper = await PaperClient.StartAsync();
        var answer = await paper.SendAsync(HttpMethod.Get, $"{Account}?{paper.Stamped("")}&signature={signature}");
        Assert.Equal((HttpStatusCode.BadRequest, SignatureInvalid), answer);
    }

    [Fact]
    public async Task A_signature_over_other_parameters_is_turned_away()
    {
        await using var paper = await PaperClient.StartAsync();
        var query = paper.Stamped("symbol=QRLUSDT&side=BUY&type=MARKET&quantity=100");
        var tampered = query.Replace("quantity=100", "quantity=900", StringComparison.Ordinal);
        var answer = await paper.SendAsync(HttpMethod.Post, $"{Test}?{tampered}&signature={PaperClient.Sign(query)}");
        Assert.Equal((HttpStatusCode.BadRequest, SignatureInvalid), answer);
    }

    // {a} and {b} are two halves of an order, {t} the stamp; {s} is the signature over the last column, {S} the same in capitals.
    [Theory]
    [InlineData("?{a}&{b}&{t}&signature={s}", null, "{a}&{b}&{t}")]                     // all in the query
    [InlineData("", "{a}&{b}&{t}&signature={s}", "{a}&{b}&{t}")]                        // all in the body
    [InlineData("?{a}", "{b}&{t}&signature={s}", "{a}{b}&{t}")]                         // mixed: no ampersand between
    [InlineData("?signature={s}", "{a}&{b}&{t}", "{a}&{b}&{t}")]
    [InlineData("?signature={s}&{a}&{b}&{t}", null, "{a}&{b}&{t}")]
    [InlineData("?{a}&signature={s}&{b}&{t}", null, "{a}&{b}&{t}")]
    [InlineData("?{a}&{b}&{t}&signature={S}", null, "{a}&{b}&{t}")]                     // upper-case hex
    [InlineData("?{a}&{b}&until=&timeInForce=GTC&{t}&signature={s}", null, "{a}&{b}&until=&timeInForce=GTC&{t}")]
    [InlineData("?{a}&{b}&{t}&x=BEP20(BSC)&signature={s}", null, "{a}&{b}&{t}&x=BEP20(BSC)")]
    [InlineData("?{a}&{b}&{t}&x=BEP20(BSC)&signature={s}", null, "{a}&{b}&{t}&x=BEP20%28BSC%29")]
    [InlineData("?{a}&{b}&{t}&x=a%2cb&signature={s}", null, "{a}&{b}&{t}&x=a%2Cb")]
    [InlineData("?{a}&{b}&{t}&x=%E7%B4%A2&signature={s}", null, "{a}&{b}&{t}&x=%E7%B4%A2")]
    [InlineData("", "{a}&{b}&{t}&x=\u7D22&signature={s}", "{a}&{b}&{t}&x=%E7%B4%A2")]    // signed encoded, sent raw in the body
    [InlineData("?{a}&{b}&{t}&signature={s}", "side=NOBODY", "{a}&{b}&{t}side=NOBODY")] // a name in both: the query wins
    public async Task A_right_signature_is_taken_in_every_form_that_clients_send(string query, string? body, string covered)
    {
        await using var paper = await PaperClient.StartAsync();
        string Filled(string text) => text
            .Replace("{a}", "symbol=QRLUSDT&side=BUY", StringComparison.Ordinal)
            .Replace("{b}", "type=MARKET&quantity=100", StringComparison.Ordinal)
            .Replace("{t}", $"timestamp={paper.NowMs}", StringComparison.Ordinal);
        var signature = PaperClient.Sign(Filled(covered));
        string Sent(string text) => Filled(text)
            .Replace("{s}", signature, StringComparison.Ordinal)
            .Replace("{S}", signature.ToUpperInvariant(), StringComparison.Ordinal);

        var answer = await paper.SendAsync(HttpMethod.Post, Test + Sent(query), body is null ? null : Sent(body));
        Assert.Equal((HttpStatusCode.OK, "{}"), answer);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    public async Task A_form_body_is_read_whatever_it_says_it_is(string contentType)
    {
        await using var paper = await PaperClient.StartAsync();
        var form = paper.Stamped("symbol=QRLUSDT&side=BUY&type=MARKET&quantity=100");
        var answer = await paper.SendAsync(HttpMethod.Post, Test, $"{form}&signature={PaperClient.Sign(form)}", contentType: contentType);
        Assert.Equal((HttpStatusCode.OK, "{}"), answer);
    }

    // symbol=BTCUSDT… with the secret of the documents' own example, which the tests' exchange has too.
    [Theory]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=11&recvWindow=5000&timestamp=1644489390087", "",
        "fd3e4e8543c5188531eb7279d68ae7d26a573d0fc5ab0d18eb692451654d837a")]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT", "quantity=1&price=11&recvWindow=5000&timestamp=1644489390087",
        "d1a676610ceb39174c8039b3f548357994b2a34139a8addd33baadba65684592")]
    public async Task The_documented_examples_pass_on_the_day_they_were_signed(string query, string body, string signature)
    {
        await using var paper = await PaperClient.StartAsync(DateTimeOffset.FromUnixTimeMilliseconds(1644489390100));
        var answer = await paper.SendAsync(HttpMethod.Post, $"{Test}?{query}&signature={signature}", body);
        Assert.Equal((HttpStatusCode.OK, "{}"), answer);
    }
}
