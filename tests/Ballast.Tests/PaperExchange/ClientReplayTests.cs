using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Ballast.Tests.PaperExchange;

/// <summary>Requests as other clients put them on the wire, byte for byte, over a socket that changes nothing.</summary>
public class ClientReplayTests
{
    private const string Placed = "\"symbol\":\"QRLUSDT\",\"orderId\":\"C02__";
    private const string Coin = "\u7D22\u62C9";         // two characters of a coin's name
    private const string CoinEncoded = "%E7%B4%A2%E6%8B%89";

    /// <summary>{t} is the time, {s} the signature over the last column, {S} the same in capitals, {k} the key.</summary>
    public static readonly TheoryData<string, string, string, string, string, string> Requests = new()
    {
        // Everything in a form body that calls itself JSON, with a time in force that means nothing.
        {
            "hummingbot", "POST /api/v3/order", "X-MEXC-APIKEY: {k}|Content-Type: application/json",
            "symbol=QRLUSDT&side=BUY&quantity=100.00&type=LIMIT&newClientOrderId=HBOT01&price=0.045&timeInForce=GTC&timestamp={t}&signature={s}",
            "symbol=QRLUSDT&side=BUY&quantity=100.00&type=LIMIT&newClientOrderId=HBOT01&price=0.045&timeInForce=GTC&timestamp={t}",
            Placed
        },
        {
            "hummingbot by quantity at the market", "POST /api/v3/order", "X-MEXC-APIKEY: {k}|Content-Type: application/json",
            "symbol=QRLUSDT&side=BUY&quantity=100.00&type=MARKET&newClientOrderId=HBOT02&timestamp={t}&signature={s}",
            "symbol=QRLUSDT&side=BUY&quantity=100.00&type=MARKET&newClientOrderId=HBOT02&timestamp={t}",
            Placed
        },
        // Sorted by name, the signature last.
        {
            "GoCryptoTrader",
            "POST /api/v3/order?price=0.045&quantity=100&recvWindow=5000&side=BUY&symbol=QRLUSDT&timestamp={t}&type=LIMIT&signature={s}",
            "X-MEXC-APIKEY: {k}|Content-Type: application/json", "",
            "price=0.045&quantity=100&recvWindow=5000&side=BUY&symbol=QRLUSDT&timestamp={t}&type=LIMIT", Placed
        },
        // The signature stands before the time that it covers; the header's name is in small letters.
        {
            "the Python demo", "POST /api/v3/order?symbol=QRLUSDT&side=BUY&type=LIMIT&quantity=100&price=0.045&signature={s}&timestamp={t}",
            "x-mexc-apikey: {k}|content-type: application/json", "",
            "symbol=QRLUSDT&side=BUY&type=LIMIT&quantity=100&price=0.045&timestamp={t}", Placed
        },
        // Signs what is encoded and sends what is not.
        {
            "the Java demo", "POST /api/v3/order/test", "X-MEXC-APIKEY: {k}|Content-Type: application/json",
            "symbol=QRLUSDT&side=BUY&type=MARKET&quantity=100&note=" + Coin + " (a,b)&timestamp={t}&signature={s}",
            "symbol=QRLUSDT&side=BUY&type=MARKET&quantity=100&note=" + CoinEncoded + "%20%28a%2Cb%29&timestamp={t}", "{}"
        },
        // A list of orders in the query with escapes in capitals, and the signature in capitals too.
        {
            "Mexc.Net",
            "POST /api/v3/batchOrders?batchOrders=%5B%7B%22symbol%22%3A%22QRLUSDT%22%2C%22side%22%3A%22BUY%22%2C%22type%22%3A%22LIMIT%22%2C"
                + "%22quantity%22%3A%22100%22%2C%22price%22%3A%220.045%22%7D%5D&recvWindow=5000&timestamp={t}&signature={S}",
            "X-MEXC-APIKEY: {k}|source: broker", "",
            "batchOrders=%5B%7B%22symbol%22%3A%22QRLUSDT%22%2C%22side%22%3A%22BUY%22%2C%22type%22%3A%22LIMIT%22%2C"
                + "%22quantity%22%3A%22100%22%2C%22price%22%3A%220.045%22%7D%5D&recvWindow=5000&timestamp={t}",
            Placed
        },
        // Escapes in small letters on the wire, in capitals under the signature.
        {
            "a client with small escapes", "GET /api/v3/openOrders?symbol=QRLUSDT%2cQRLUSDT&timestamp={t}&signature={s}", "X-MEXC-APIKEY: {k}", "",
            "symbol=QRLUSDT%2CQRLUSDT&timestamp={t}", "[]"
        },
        {
            "a client with small escapes under the signature too", "GET /api/v3/openOrders?symbol=QRLUSDT%2cQRLUSDT&timestamp={t}&signature={s}",
            "X-MEXC-APIKEY: {k}", "", "symbol=QRLUSDT%2cQRLUSDT&timestamp={t}", "[]"
        },
        // The documents' own curl -d.
        {
            "curl -d", "POST /api/v3/order/test", "X-MEXC-APIKEY: {k}|Content-Type: application/x-www-form-urlencoded",
            "symbol=QRLUSDT&side=BUY&type=MARKET&quantity=100&timestamp={t}&signature={s}",
            "symbol=QRLUSDT&side=BUY&type=MARKET&quantity=100&timestamp={t}", "{}"
        },
        {
            "the documents' mixture of query and body", "POST /api/v3/order/test?symbol=QRLUSDT&side=BUY&type=MARKET",
            "X-MEXC-APIKEY: {k}|Content-Type: application/json", "quantity=100&recvWindow=5000&timestamp={t}&signature={s}",
            "symbol=QRLUSDT&side=BUY&type=MARKETquantity=100&recvWindow=5000&timestamp={t}", "{}"
        },
        // ccxt's empty order id beside a client id.
        {
            "ccxt with an empty id", "DELETE /api/v3/order?symbol=QRLUSDT&orderId=&origClientOrderId=none&timestamp={t}&recvWindow=5000&signature={s}",
            "X-MEXC-APIKEY: {k}|Content-Type: application/json|source: CCXT", "",
            "symbol=QRLUSDT&orderId=&origClientOrderId=none&timestamp={t}&recvWindow=5000", """{"msg":"Unknown order sent.","code":-2011,"_extend":null}"""
        },
        // Spaces as plus signs, raw and encoded under the signature; parentheses as they are.
        {
            "a space that is a plus", "POST /api/v3/order/test?symbol=QRLUSDT&side=BUY&type=MARKET&quantity=100&note=a+(b)&timestamp={t}&signature={s}",
            "X-MEXC-APIKEY: {k}", "", "symbol=QRLUSDT&side=BUY&type=MARKET&quantity=100&note=a+(b)&timestamp={t}", "{}"
        },
        {
            "a space that is a plus, and %20 under the signature",
            "POST /api/v3/order/test?symbol=QRLUSDT&side=BUY&type=MARKET&quantity=100&note=a+(b)&timestamp={t}&signature={s}",
            "X-MEXC-APIKEY: {k}", "", "symbol=QRLUSDT&side=BUY&type=MARKET&quantity=100&note=a%20%28b%29&timestamp={t}", "{}"
        },
        // Real JSON, as pybotters sent it: the signature in it is not seen.
        {
            "a body of real JSON", "POST /api/v3/order", "X-MEXC-APIKEY: {k}|Content-Type: application/json",
            """{"symbol":"QRLUSDT","side":"BUY","type":"MARKET","quantity":"100","timestamp":{t},"signature":"{s}"}""",
            "symbol=QRLUSDT&side=BUY&type=MARKET&quantity=100&timestamp={t}",
            """{"code":700004,"msg":"Mandatory parameter 'signature' was not sent, was empty/null, or malformed."}"""
        },
        {
            "a key in a header of another spelling", "GET /api/v3/openOrders?timestamp={t}&signature={s}", "x-MeXc-ApiKey: {k}", "",
            "timestamp={t}", "[]"
        },
        {
            "parameters in another order than under the signature", "GET /api/v3/openOrders?symbol=QRLUSDT&timestamp={t}&signature={s}",
            "X-MEXC-APIKEY: {k}", "", "timestamp={t}&symbol=QRLUSDT", """{"code":700002,"msg":"Signature for this request is not valid."}"""
        },
        {
            "an ampersand between query and body", "POST /api/v3/order/test?symbol=QRLUSDT&side=BUY", "X-MEXC-APIKEY: {k}",
            "type=MARKET&quantity=100&timestamp={t}&signature={s}", "symbol=QRLUSDT&side=BUY&type=MARKET&quantity=100&timestamp={t}",
            """{"code":700002,"msg":"Signature for this request is not valid."}"""
        },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task It_is_understood(string client, string line, string headers, string body, string covered, string expected)
    {
        await using var paper = await PaperClient.StartAsync();
        var signature = PaperClient.Sign(covered.Replace("{t}", $"{paper.NowMs}", StringComparison.Ordinal));
        string Filled(string text) => text
            .Replace("{t}", $"{paper.NowMs}", StringComparison.Ordinal)
            .Replace("{k}", PaperClient.Key, StringComparison.Ordinal)
            .Replace("{s}", signature, StringComparison.Ordinal)
            .Replace("{S}", signature.ToUpperInvariant(), StringComparison.Ordinal);
        var answer = await SendAsync(paper.Url, Filled(line), Filled(headers).Split('|'), Filled(body));
        Assert.True(answer.Contains(expected, StringComparison.Ordinal), $"{client}: {answer}");
    }

    [Fact]
    public async Task Hummingbots_cancellation_names_the_order_by_its_client_id()
    {
        await using var paper = await PaperClient.StartAsync();
        await paper.SignedAsync(HttpMethod.Post, "/api/v3/order", "symbol=QRLUSDT&side=BUY&type=LIMIT&quantity=100&price=0.045&newClientOrderId=HBOT01");
        var cancelled = await paper.SignedAsync(HttpMethod.Delete, "/api/v3/order", "symbol=QRLUSDT&origClientOrderId=HBOT01");
        Assert.Equal("HBOT01", cancelled["origClientOrderId"]!.GetValue<string>());
        Assert.Equal("CANCELED", cancelled["status"]!.GetValue<string>());
    }

    /// <returns>The body of the answer, which must be JSON.</returns>
    private static async Task<string> SendAsync(Uri url, string line, IEnumerable<string> headers, string body)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(url.Host, url.Port, TestContext.Current.CancellationToken);
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = string.Join("\r\n", [
            line + " HTTP/1.1", $"Host: {url.Authority}", "Connection: close", $"Content-Length: {bytes.Length}", .. headers, "", ""]);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Content-Type: application/json\r\n", answer, StringComparison.Ordinal);
        var text = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.NotNull(JsonNode.Parse(text));
        return text;
    }
}
