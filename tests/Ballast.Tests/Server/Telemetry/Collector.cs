using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Ballast.Tests.Server.Telemetry;

/// <summary>What a collector does with what it is sent.</summary>
public enum CollectorState
{
    Taking,

    /// <summary>500 to everything; UNAVAILABLE in gRPC.</summary>
    Failing,

    /// <summary>Takes everything, and never answers.</summary>
    Hanging,
}

/// <summary>A collector on loopback, spoken to with http/protobuf or gRPC, that keeps every request as it came.</summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<CollectorRequest> requests = new();

    private Collector(WebApplication app) => this.app = app;

    public CollectorState State { get; set; }

    public string Url => app.Urls.Single();

    /// <summary>All that has arrived whole, in order.</summary>
    public IReadOnlyList<CollectorRequest> Requests => [.. requests];

    public static async Task<Collector> StartAsync(bool grpc = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var app = builder.Build();
        var collector = new Collector(app);
        app.Run(collector.TakeAsync);
        await app.StartAsync();
        return collector;
    }

    /// <summary>Everything that has arrived on one path, one after the other.</summary>
    public byte[] BytesOn(string path) => [.. Requests.Where(request => request.Path == path).SelectMany(request => request.Body)];

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        requests.Enqueue(new CollectorRequest(
            $"{context.Request.Path}", context.Request.ContentType, context.Request.Headers.ToDictionary(header => header.Key, header => $"{header.Value}"), body.ToArray()));
        if (State == CollectorState.Hanging)
        {
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(() => gone.TrySetResult());
            await gone.Task;
        }
        if (context.Request.ContentType == "application/grpc")
            await AnswerInGrpcAsync(context.Response, State == CollectorState.Failing ? "14" : "0");
        else
            context.Response.StatusCode = State == CollectorState.Failing ? 500 : 200;
    }

    /// <summary>One empty message, and how it went behind it.</summary>
    private static async Task AnswerInGrpcAsync(HttpResponse response, string status)
    {
        response.ContentType = "application/grpc";
        response.DeclareTrailer("grpc-status");
        await response.Body.WriteAsync(new byte[5]);
        response.AppendTrailer("grpc-status", status);
    }
}

public sealed record CollectorRequest(string Path, string? ContentType, IReadOnlyDictionary<string, string> Headers, byte[] Body);
