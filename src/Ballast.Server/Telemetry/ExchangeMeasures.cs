using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Ballast.Server.Telemetry;

/// <summary>
/// Stands before the exchange's connections and measures each request, from its leaving to the answer's headers. Only method and path are kept: the
/// query carries a signature.
/// </summary>
/// <param name="patience">The longest wait for one answer: what is given up earlier was given up by its caller, and says nothing of the exchange.</param>
internal sealed class ExchangeMeasures(Histogram<double> requests, TimeSpan patience, TimeProvider clock, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (method, path) = (request.Method.Method, PathOf(request.RequestUri!));
        var operation = $"{method} {path}";
        var began = clock.GetTimestamp();
        using var span = Spans.Begin($"exchange {operation}");
        span?.SetTag("http.request.method", method).SetTag("url.path", path);
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            var status = (int)response.StatusCode;
            span?.SetTag("http.response.status_code", status);
            if (status >= 400)
                Spans.Fail(span, status.ToString(CultureInfo.InvariantCulture));
            Record(operation, OutcomeOf(status), clock.GetElapsedTime(began));
            return response;
        }
        catch (Exception failure)
        {
            Spans.Fail(span, failure.GetType().Name);
            var waited = clock.GetElapsedTime(began);
            if (failure is not OperationCanceledException || waited >= patience)
                Record(operation, "unreachable", waited);
            throw;
        }
    }

    private void Record(string operation, string outcome, TimeSpan took)
    {
        requests.Record(took.TotalSeconds, new TagList { { "operation", operation }, { "outcome", outcome } });
        ExchangeTally.Current?.Add(operation, took);
    }

    /// <summary>Cut by hand as well: the client's addresses are made with parsing switched off, and no part of a query may pass.</summary>
    private static string PathOf(Uri address) => address.AbsolutePath.Split('?', 2)[0];

    private static string OutcomeOf(int status) => status switch
    {
        < 400 => "ok",
        429 or 418 => "rate_limited",
        >= 500 or 408 => "server_error",
        _ => "refused",
    };
}
