using System.Net;
using System.Text;
using Ballast.Core;
using Ballast.Mexc;

namespace Ballast.Tests.Mexc;

public class AnswerJudgeTests
{
    private static readonly MexcOptions Options = new()
    {
        BaseUrl = new Uri("https://api.mexc.com"),
        ApiKey = "mx0aBYs33eIilxBWC5",
        SecretKey = "45d0b3c26f2644f19bfb98b07741b2f5",
    };

    private readonly AnswerJudge judge = new(new ForeignText(Options));

    // Every error body that was ever captured, with the status it came with (400 where none was noted).
    [Theory]
    [InlineData(400, """{"code":700002,"msg":"Signature for this request is not valid."}""", 700002, "secret key")]
    [InlineData(400, """{"code":700003,"msg":"Timestamp for this request is outside of the recvWindow."}""", 700003, "clock")]
    [InlineData(400, """{"code":700004,"msg":"Mandatory parameter 'signature' was not sent, was empty/null, or malformed."}""", 700004, "malformed.")]
    [InlineData(400, """{"code":700006,"msg":"IP [33.33.33.33] not in the ip white list"}""", 700006, "add this machine's IP address")]
    [InlineData(400, """{"code":700007,"msg":"No permission to access the endpoint."}""", 700007, "give the API key the permissions")]
    [InlineData(400, """{"code":10072,"msg":"Api key info invalid"}""", 10072, "deleted")]
    [InlineData(400, """{"code":700013,"msg":"Invalid content Type."}""", 700013, "Invalid content Type.")]
    [InlineData(400, """{"code":10007,"msg":"symbol not support api"}""", 10007, "does not open this symbol")]
    [InlineData(400, """{"msg":"Oversold","code":30005}""", 30005, "free balance")]
    [InlineData(400, """{"msg":" quantity scale is invalid","code":400}""", 400, "more decimals than the symbol allows")]
    [InlineData(400, """{"msg":" amount scale is invalid","code":400}""", 400, "more decimals than the symbol allows")]
    [InlineData(400, """{"msg":"api market order is disabled","code":30051}""", 30051, "limit orders")]
    [InlineData(400, """{"msg":"Invalid symbol.","code":-1121,"_extend":null}""", -1121, "spelling")]
    [InlineData(400, """{"msg":"Invalid interval.","code":-1121,"_extend":null}""", -1121, "Invalid interval.")]
    [InlineData(400, """{"msg":"Order does not exist.","code":-2013,"_extend":null}""", -2013, "Order does not exist.")]
    [InlineData(400, """{"msg":"Unknown order sent.","code":-2011,"_extend":null}""", -2011, "Unknown order sent.")]
    [InlineData(400, """{"code":-1128,"msg":"Combination of optional parameters invalid.","_extend":null}""", -1128, "Combination")]
    [InlineData(400, """{"code":700004,"msg":"Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!"}""", 700004, "Param")]
    [InlineData(400, """{"msg":"The start time cannot be earlier than 90 days","code":400}""", 400, "90 days")]
    [InlineData(400, """{"msg":"资金不足","code":10101}""", 10101, "资金不足")]
    [InlineData(400, """{"code":70011,"msg":"Pair user ban trade apikey."}""", 70011, "support")]
    [InlineData(400, """{"msg":"账号暂时不能下单，请联系客服","code":30018}""", 30018, "账号暂时不能下单，请联系客服); the account may not trade")]
    [InlineData(400, """{"msg":"Order price exceeds allowed range","code":30087}""", 30087, "nearer to the last trade")]
    [InlineData(400, """{"code":26,"data":"operation not allowed"}""", 26, "operation not allowed")]
    // and the dialects around them
    [InlineData(200, """{"code":700007,"msg":"No permission to access the endpoint."}""", 700007, "HTTP 200")]
    [InlineData(200, """{"data":null,"code":30004,"msg":"Insufficient position","timestamp":1}""", 30004, "free balance")]
    [InlineData(200, """{"code":"10007","msg":"symbol not support api"}""", 10007, "symbol")]
    [InlineData(200, """{"success":false,"code":2009,"message":"Position is not exists or closed."}""", 2009, "Position is not exists")]
    [InlineData(400, """{"msg":"market order is disabled","code":30018}""", 30018, "limit orders")]
    [InlineData(400, """{"code":30005}""", 30005, "code 30005)")]
    [InlineData(400, """{"code":700099,"msg":null}""", 700099, "code 700099)")]
    [InlineData(401, """{"code":401,"msg":"No authority"}""", 401, "permission")]
    [InlineData(451, """{"msg":"Service unavailable from a restricted location.","code":0}""", 0, "restricted location")]
    public void What_the_exchange_said_is_a_rejection_of_reads_and_commands_alike(int status, string body, int code, string says)
    {
        foreach (var endpoint in new[] { Endpoint.Account, Endpoint.PlaceOrder, Endpoint.CancelOrder })
        {
            var failure = Judge(endpoint, status, body).Result.Failure;
            Assert.Equal((FailureKind.Rejected, code), (failure!.Kind, failure.Code!.Value));
            Assert.StartsWith($"{endpoint}: ", failure.Reason, StringComparison.Ordinal);
            Assert.Contains(says, failure.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(503, """{"code":-1003,"msg":"Unknown error, please check your request or try again later."}""")]
    [InlineData(500, "")]
    [InlineData(502, "<html>Bad Gateway</html>")]
    [InlineData(500, """{"code":30005,"msg":"Oversold"}""")]                 // beside a 5xx even plain words prove nothing
    [InlineData(200, """{"code":500,"msg":"Internal error"}""")]
    [InlineData(400, """{"code":504,"msg":"Gateway Time-out"}""")]
    [InlineData(400, """{"code":503,"msg":"service not available, please try again"}""")]
    [InlineData(408, "")]
    [InlineData(200, "")]
    [InlineData(200, "<!DOCTYPE html><html>Maintenance</html>")]
    [InlineData(200, """{"orderId":""")]
    [InlineData(200, "OK")]
    [InlineData(200, """{"a":1}}""")]
    public void Without_a_clear_answer_a_read_may_be_repeated_and_a_command_is_of_unknown_outcome(int status, string body)
    {
        var read = Judge(Endpoint.Account, status, body);
        Assert.Equal((FailureKind.Unavailable, true), (read.Result.Failure!.Kind, read.WorthRepeating));
        AssertUnknown(status, body);
    }

    [Theory]
    [InlineData(403, "<HTML><H1>Access Denied</H1></HTML>", "access was denied")]
    [InlineData(403, "", "access was denied")]
    [InlineData(400, "", "without a reason")]
    [InlineData(401, "", "without a reason")]
    [InlineData(404, """{"timestamp":1,"status":404,"error":"Not Found","path":"/api/v3/x"}""", "check MEXC_BASE_URL")]
    [InlineData(302, "", "check MEXC_BASE_URL")]
    public void A_closed_door_is_not_knocked_at_again(int status, string body, string says)
    {
        var read = Judge(Endpoint.Account, status, body);
        Assert.Equal((FailureKind.Unavailable, false), (read.Result.Failure!.Kind, read.WorthRepeating));
        Assert.Contains(says, read.Result.Failure.Reason, StringComparison.Ordinal);
        AssertUnknown(status, body);
    }

    [Theory]
    [InlineData(429, "")]
    [InlineData(429, "<html></html>")]
    [InlineData(429, """{"code":429,"msg":"Too Many Requests"}""")]
    [InlineData(429, """{"code":-1003,"msg":"Too many requests"}""")]
    [InlineData(418, "")]
    [InlineData(400, """{"code":429,"msg":"Too Many Requests"}""")]
    [InlineData(200, """{"code":510,"msg":"Requests are too frequent, please try again later"}""")]
    public void Too_many_calls_are_told_apart_from_everything_else(int status, string body)
    {
        foreach (var endpoint in new[] { Endpoint.Account, Endpoint.PlaceOrder })
            Assert.Equal(FailureKind.RateLimited, Judge(endpoint, status, body).Result.Failure!.Kind);
    }

    [Theory]
    [InlineData("""{"orderId":"1","price":"2"}""", """{"orderId":"1","price":"2"}""")]
    [InlineData("""{"data":[1,2],"code":200,"msg":"success","timestamp":1}""", "[1,2]")]
    [InlineData("""{"code":0,"data":{"a":1},"msg":null}""", """{"a":1}""")]
    [InlineData("""{"code":200,"msg":"success","timestamp":1}""", """{"code":200,"msg":"success","timestamp":1}""")]
    [InlineData("""{"data":"x"}""", """{"data":"x"}""")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    public void A_payload_is_taken_out_of_its_envelope(string body, string payload)
    {
        Assert.True(Judge(Endpoint.Account, 200, body).Result.TryGet(out var found, out _));
        Assert.Equal(payload, found.GetRawText());
    }

    [Fact]
    public void What_the_exchange_says_is_shown_on_one_line_and_not_at_length()
    {
        var body = $$"""{"code":1,"msg":"first\r\n\u001b[31mred\u202e\u0000 {{new string('x', 500)}}"}""";
        var reason = Judge(Endpoint.Account, 400, body).Result.Failure!.Reason;
        Assert.Contains("first  [31mred xxx", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(reason, char.IsControl);
        Assert.True(reason.Length < 300);
    }

    [Theory]
    [InlineData("key mx0aBYs33eIilxBWC5 is bad")]
    [InlineData("secret 45d0b3c26f2644f19bfb98b07741b2f5 is bad")]
    [InlineData("45d0b3c26f2644f1\\u00009bfb98b07741b2f5")]
    [InlineData("signature fd3e4e8543c5188531eb7279d68ae7d26a573d0fc5ab0d18eb692451654d837a is bad")]
    [InlineData("signature FD3E4E8543C5188531EB7279D68AE7D26A573D0FC5AB0D18EB692451654D837A is bad")]
    public void An_echoed_secret_is_not_shown(string message)
    {
        var reason = Judge(Endpoint.Account, 400, $$"""{"code":700002,"msg":"{{message}}"}""").Result.Failure!.Reason;
        Assert.Contains("***", reason, StringComparison.Ordinal);
        foreach (var secret in new[] { Options.ApiKey, Options.SecretKey, "fd3e4e8543" })
            Assert.DoesNotContain(secret, reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Text_that_is_no_text_is_not_a_message()
    {
        var failure = Judge(Endpoint.Account, 400, """{"code":1,"msg":"\ud800"}""").Result.Failure!;
        Assert.Equal((FailureKind.Rejected, 1), (failure.Kind, failure.Code!.Value));
    }

    private Attempt Judge(Endpoint endpoint, int status, string body) =>
        judge.Judge(endpoint, new HttpAnswer((HttpStatusCode)status, null, null, Encoding.UTF8.GetBytes(body)));

    private void AssertUnknown(int status, string body)
    {
        foreach (var endpoint in new[] { Endpoint.PlaceOrder, Endpoint.CancelOrder })
        {
            var failure = Judge(endpoint, status, body).Result.Failure;
            Assert.Equal(FailureKind.UnknownOutcome, failure!.Kind);
            Assert.Contains("client order id", failure.Reason, StringComparison.Ordinal);
        }
        Assert.Equal(FailureKind.Unavailable, Judge(Endpoint.TestOrder, status, body).Result.Failure!.Kind);
    }
}
