using System.Globalization;
using Ballast.Core;

namespace Ballast.Mexc;

/// <summary>
/// Judges calls that broke before a whole answer was there. All that matters is whether the request can have reached the exchange:
/// one that never left did nothing, one that left may have done all it should.
/// </summary>
internal static class Breakdown
{
    public static bool IsOne(Exception error) =>
        error is HttpRequestException or IOException or InvalidDataException or OperationCanceledException;

    /// <param name="waited">How long was waited in vain, when our own patience ended the call; null when something else did.</param>
    public static Attempt Judge(Endpoint endpoint, Exception error, TimeSpan? waited) => new(
        NeverLeft(error, waited) is { } obstacle ? Failure.Unavailable($"{endpoint}: not sent, because {obstacle}")
        : waited is { } time ? AnswerJudge.NoClearAnswer(endpoint, $"no answer within {Seconds(time)} s")
        : AnswerJudge.NoClearAnswer(endpoint, "the connection broke before the answer was complete"),
        WorthRepeating: true);

    private static string? NeverLeft(Exception error, TimeSpan? waited) => error switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            "the exchange's address could not be looked up; check MEXC_BASE_URL and this machine's DNS",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } =>
            "no connection to the exchange could be made; check MEXC_BASE_URL and this machine's network",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            "no trusted TLS connection to the exchange could be made; check MEXC_BASE_URL, the clock and the certificates of this machine",
        // Neither the caller nor our patience cancelled: it was the limit on connecting.
        OperationCanceledException when waited is null =>
            "the exchange did not take the connection in time; check MEXC_BASE_URL and this machine's network",
        _ => null,
    };

    private static string Seconds(TimeSpan time) =>
        (time.Ticks / (decimal)TimeSpan.TicksPerSecond).ToString("0.###", CultureInfo.InvariantCulture);
}
