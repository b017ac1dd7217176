using System.Security.Cryptography;
using System.Text;
using Ballast.Core;
using Ballast.Core.Paper;
using Microsoft.AspNetCore.Http;

namespace Ballast.PaperExchange;

/// <summary>
/// Who may pass: the known key, an HMAC-SHA256 over what was sent, and a timestamp that is neither stale nor from the future. The order in
/// which the original checks these is unknown.
/// </summary>
internal sealed class Gate(PaperExchangeOptions options, TimeProvider clock)
{
    public const string KeyHeader = "X-MEXC-APIKEY";
    private const long DefaultWindowMs = 5_000;
    private const long LargestWindowMs = 60_000;

    /// <summary>A client's clock may be ahead by less than this.</summary>
    private const long AheadMs = 1_000;

    private readonly byte[] secret = Encoding.UTF8.GetBytes(options.SecretKey);

    /// <summary>An endpoint that answers only to who may pass.</summary>
    public RequestDelegate Guarded(Func<HttpContext, WireParameters, Task> answer) => async context =>
    {
        var parameters = await WireParameters.ReadAsync(context.Request);
        if (Refuse(context.Request, parameters) is { } refusal)
            await Wire.RefuseAsync(context, refusal);
        else
            await answer(context, parameters);
    };

    /// <summary>Why the request is turned away; null when it may pass.</summary>
    private Failure? Refuse(HttpRequest request, WireParameters parameters) =>
        RefuseKey(request.Headers[KeyHeader].ToString())
        ?? RefuseContentType(request)
        ?? parameters.Required("signature").Failure
        ?? RefuseTime(parameters)
        ?? RefuseSignature(parameters);

    private Failure? RefuseKey(string key) =>
        key.Length == 0 ? Turned(400, "api key required")
        : !key.All(char.IsAsciiLetterOrDigit) ? Turned(700001, "API-key format invalid.")
        : key != options.ApiKey ? Turned(10072, "Api key info invalid")
        : null;

    private Failure? RefuseContentType(HttpRequest request) =>
        options.StrictContentType && !HttpMethods.IsGet(request.Method)
        && request.ContentType?.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) != true
            ? Turned(700013, "Invalid content Type.")
            : null;

    private Failure? RefuseTime(WireParameters parameters)
    {
        if (!parameters.Whole("timestamp").TryGet(out var timestamp, out _) || timestamp is not { } sentMs)
            return Refusals.Mandatory("timestamp");
        if (!parameters.Whole("recvWindow").TryGet(out var asked, out var malformed))
            return malformed;
        if (asked > LargestWindowMs)
            return Turned(700005, "recvWindow must less than 60000");
        var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return sentMs < nowMs + AheadMs && nowMs - sentMs <= (asked ?? DefaultWindowMs)
            ? null
            : Turned(700003, "Timestamp for this request is outside of the recvWindow.");
    }

    private Failure? RefuseSignature(WireParameters parameters) =>
        IsSignatureOf(parameters.Signed, parameters) || IsSignatureOf(parameters.SignedCanonically, parameters)
            ? null
            : Turned(700002, "Signature for this request is not valid.");

    // The documents ask for lower-case hex, and the original has been seen to take upper case.
    private bool IsSignatureOf(string text, WireParameters parameters)
    {
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));
        var given = parameters.Text("signature")?.ToLowerInvariant() ?? string.Empty;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
    }

    private static Failure Turned(int code, string text) => new(FailureKind.Rejected, text, code);
}
