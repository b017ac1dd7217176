using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Text;
using Ballast.Server.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ballast.Tests.Server.Auth;

/// <summary>Real authentication before one endpoint: <c>POST /tasks/runtime</c> counts its calls and says who came in.</summary>
public sealed class GuardedApp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly MeterListener listener = new();
    private int calls;

    private GuardedApp(WebApplication app)
    {
        this.app = app;
        var meters = app.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "ballast.auth.refusals" && instrument.Meter.Scope == meters)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            foreach (var tag in tags)
                Refusals.AddOrUpdate((string)tag.Value!, count, (_, before) => before + count);
        });
        listener.Start();
    }

    /// <summary>How often the endpoint was reached.</summary>
    public int Calls => calls;

    /// <summary>The counter's values by reason.</summary>
    public ConcurrentDictionary<string, long> Refusals { get; } = [];

    public static Task<GuardedApp> StartAsync(LoopbackIssuer issuer, TimeProvider? clock = null, KeptKeys? kept = null) =>
        StartAsync(SettingsFor(issuer), clock, kept);

    public static async Task<GuardedApp> StartAsync(AuthSettings settings, TimeProvider? clock = null, KeptKeys? kept = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSchedulerAuthentication(settings, clock ?? TimeProvider.System, kept is null ? null : _ => kept);
        var app = builder.Build();
        var guarded = new GuardedApp(app);
        app.MapGet("/open", () => "open");
        app.MapGroup("/tasks").RequireScheduler().MapPost("/runtime", guarded.Runtime);
        await app.StartAsync();
        return guarded;
    }

    public static AuthSettings SettingsFor(LoopbackIssuer issuer) => new()
    {
        Issuer = issuer.Issuer,
        Audiences = [LoopbackIssuer.Audience],
        ServiceAccounts = [LoopbackIssuer.ServiceAccount],
    };

    /// <summary>Calls the endpoint; a null token sends no Authorization header.</summary>
    public Task<Answer> CallAsync(string? token) => CallAsync(token is null ? [] : [("Authorization", $"Bearer {token}")]);

    public Task<Answer> CallAsync(params (string Name, string Value)[] headers) => SendAsync(headers, CancellationToken.None);

    /// <summary>A call whose caller may stop waiting for the answer.</summary>
    public Task<Answer> CallUntilAsync(string token, CancellationToken hangUp) => SendAsync([("Authorization", $"Bearer {token}")], hangUp);

    /// <summary>Sends the lines as they are, which no client library would, and reads to the end of a problem document.</summary>
    public async Task<string> SendRawAsync(params string[] lines)
    {
        var address = new Uri(app.Urls.Single());
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        var stream = connection.GetStream();
        var text = $"POST /tasks/runtime HTTP/1.1\r\nHost: {address.Authority}\r\n{string.Concat(lines.Select(line => line + "\r\n"))}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var received = new StringBuilder();
        var buffer = new byte[8192];
        while (!received.ToString().Contains('}', StringComparison.Ordinal)
            && await stream.ReadAsync(buffer, deadline.Token) is > 0 and var count)
            received.Append(Encoding.ASCII.GetString(buffer, 0, count));
        return received.ToString();
    }

    /// <summary>Calls an endpoint that requires nobody, with a token all the same.</summary>
    public async Task<int> CallOpenAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{app.Urls.Single()}/open");
        request.Headers.Authorization = new("Bearer", token);
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        http.Dispose();
        await app.DisposeAsync();
    }

    private async Task<Answer> SendAsync((string Name, string Value)[] headers, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{app.Urls.Single()}/tasks/runtime");
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        using var response = await http.SendAsync(request, cancel);
        var lines = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        lines.Remove("Date");
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancel), lines);
    }

    private string Runtime(HttpContext context)
    {
        Interlocked.Increment(ref calls);
        return SchedulerAuthentication.CallerOf(context);
    }
}

/// <summary>An answer without its date.</summary>
public sealed record Answer(int Status, string Body, IReadOnlyDictionary<string, string> Headers);
