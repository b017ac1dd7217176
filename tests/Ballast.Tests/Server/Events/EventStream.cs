using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json.Nodes;
using Ballast.Tests.Server.Overview;

namespace Ballast.Tests.Server.Events;

/// <summary>One who listens to the server's events.</summary>
internal static class EventStream
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    public static Task<HttpResponseMessage> SendAsync(ServerUnderTest server, string? known = null)
    {
        var request = LookedAt.Request("GET", "events");
        if (known is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", known);
        return server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "the stream closes the response")]
    public static async Task<Stream> OpenAsync(ServerUnderTest server, string? known = null)
    {
        var response = await SendAsync(server, known);
        Assert.Equal(("text/event-stream", HttpStatusCode.OK), (response.Content.Headers.ContentType?.MediaType, response.StatusCode));
        return await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The next event; signs of life pass by.</summary>
    public static async Task<(string Id, string[] What)> NextAsync(Stream stream)
    {
        using var deadline = new CancellationTokenSource(Soon, TimeProvider.System);
        var lines = new List<string>();
        while (true)
        {
            var line = await LineAsync(stream, deadline.Token);
            if (line.Length > 0)
            {
                lines.Add(line);
                continue;
            }
            if (lines.Contains("event: changed"))
            {
                var data = JsonNode.Parse(lines.Single(field => field.StartsWith("data: ", StringComparison.Ordinal))[6..])!;
                var id = lines.Single(field => field.StartsWith("id: ", StringComparison.Ordinal))[4..];
                Assert.Equal(id, (string?)data["version_tag"]);
                return (id, [.. data["what"]!.AsArray().Select(word => (string)word!)]);
            }
            lines.Clear();
        }
    }

    /// <summary>Byte by byte, so that nothing of what follows is read before it is asked for.</summary>
    private static async Task<string> LineAsync(Stream stream, CancellationToken deadline)
    {
        var (line, one) = (new List<byte>(), new byte[1]);
        while (await stream.ReadAsync(one, deadline) == 1 && one[0] != (byte)'\n')
            line.Add(one[0]);
        return System.Text.Encoding.UTF8.GetString([.. line]);
    }
}
