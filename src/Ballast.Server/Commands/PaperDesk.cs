using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Ballast.Core;
using Ballast.Server.Configuration;

namespace Ballast.Server.Commands;

/// <summary>The admin API of the paper exchange that runs on this machine, as a command uses it.</summary>
internal sealed class PaperDesk : IDisposable
{
    private const string On = "start the server, or ballast paper, with --" + PaperSettings.AdminName + "=true (or Ballast__Paper__Admin=true)";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience };
    private readonly Uri url;

    public PaperDesk(int port) => url = new Uri($"http://127.0.0.1:{port}/paper/");

    public void Dispose() => http.Dispose();

    /// <summary>The answer; Unavailable when there is no such API, BadData when it says no.</summary>
    /// <param name="write">The body; null for none.</param>
    public async Task<Result<JsonElement>> SendAsync(HttpMethod method, string path, Action<Utf8JsonWriter>? write, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, new Uri(url, path)) { Content = write is null ? null : Content(write) };
        try
        {
            using var response = await http.SendAsync(request, cancel);
            return Judge(response, await response.Content.ReadAsStringAsync(cancel));
        }
        catch (HttpRequestException unreachable)
        {
            return Failure.Unavailable(unreachable.InnerException is SocketException
                ? $"no paper exchange answers at {url.GetLeftPart(UriPartial.Authority)}: {On}, and name its port with --{PaperSettings.PortName}=… if it is another"
                : $"{url.GetLeftPart(UriPartial.Authority)} does not answer as a paper exchange does ({unreachable.Message}); name the right port with --{PaperSettings.PortName}=…");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failure.Unavailable($"{url.GetLeftPart(UriPartial.Authority)} did not answer within {Patience.TotalSeconds:0} s; see whether it runs");
        }
    }

    // Where the API is off nothing of it is there, and the answer is 404 without a body.
    private Result<JsonElement> Judge(HttpResponseMessage response, string text)
    {
        var answer = Parse(text);
        if (response.IsSuccessStatusCode && answer is { } found)
            return found;
        if (answer is { ValueKind: JsonValueKind.Object } problem && problem.TryGetProperty("detail", out var detail) && response.Content.Headers.ContentType?.MediaType == "application/problem+json")
            return Failure.BadData(detail.GetString() ?? "");
        return Failure.Unavailable(
            $"the paper exchange at {url.GetLeftPart(UriPartial.Authority)} lets nobody switch faults on (HTTP {(int)response.StatusCode}): {On}");
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static StringContent Content(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return new StringContent(Encoding.UTF8.GetString(buffer.ToArray()), new MediaTypeHeaderValue("application/json"));
    }
}
