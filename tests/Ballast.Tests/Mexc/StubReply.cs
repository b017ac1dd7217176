using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Ballast.Tests.Mexc;

/// <summary>One answer of the stub, or one way of not giving any.</summary>
public sealed class StubReply
{
    private readonly Func<HttpContext, Task> write;
    private readonly Dictionary<string, string> headers = [];

    private StubReply(Func<HttpContext, Task> write) => this.write = write;

    public static StubReply Json(string body, int status = 200) => Bytes(Encoding.UTF8.GetBytes(body), "application/json", status);

    /// <summary>A body made afresh for every request, such as one with the present time.</summary>
    public static StubReply Computed(Func<string> body) => new(context => Json(body()).write(context));

    public static StubReply Html(int status) =>
        Bytes("<html><body><H1>Access Denied</H1></body></html>"u8.ToArray(), "text/html", status);

    public static StubReply Empty(int status) => Bytes([], null, status);

    public static StubReply Bytes(byte[] body, string? type = "application/json", int status = 200) => new(async context =>
    {
        (context.Response.StatusCode, context.Response.ContentType, context.Response.ContentLength) = (status, type, status == 204 ? null : body.Length);

        // To write nothing is to write, and where there can be no body the server closes the connection for it: the next request would be lost.
        if (body.Length > 0)
            await context.Response.Body.WriteAsync(body);
    });

    /// <summary>Compressed, whatever the client asked for.</summary>
    public static StubReply Gzip(string body)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(body));
        return Bytes(packed.ToArray()).With("Content-Encoding", "gzip");
    }

    /// <summary>Takes the request and closes the connection without a word.</summary>
    public static StubReply Drop() => new(context =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    /// <summary>Promises one byte more than it sends, then closes the connection.</summary>
    public static StubReply Truncated(string body) => new(async context =>
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.ContentLength = bytes.Length + 1;
        await context.Response.Body.WriteAsync(bytes);
        await context.Response.Body.FlushAsync();
        context.Abort();
    });

    /// <summary>Takes the request and says nothing until the client gives up.</summary>
    public static StubReply Silence() => new(ClientGone);

    /// <summary>Begins a body that promises more, and says nothing further until the client gives up.</summary>
    public static StubReply Stall(string body) => new(async context =>
    {
        await context.Response.WriteAsync(body);
        await context.Response.Body.FlushAsync();
        await ClientGone(context);
    });

    /// <summary>The same reply, once <paramref name="gate"/> is done.</summary>
    public StubReply After(Task gate)
    {
        var later = new StubReply(async context =>
        {
            await gate;
            await write(context);
        });
        foreach (var (name, value) in headers) later.headers[name] = value;
        return later;
    }

    public StubReply With(string header, string value)
    {
        headers[header] = value;
        return this;
    }

    private static async Task ClientGone(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(() => gone.TrySetResult());
        await gone.Task;
    }

    internal Task WriteAsync(HttpContext context)
    {
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        return write(context);
    }
}
