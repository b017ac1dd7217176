using Ballast.Core.Trading;
using Ballast.Server.Http;
using Ballast.Server.Store;

namespace Ballast.Server.Health;

/// <summary>Whether the server is up, and whether it can do its work. Open to everyone, so it tells nothing worth hiding.</summary>
public static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("Health");
        health.MapGet("/live", () => TypedResults.Text("""{"status":"ok"}""", "application/json"))
            .WithSummary("The process answers; says nothing about what it depends on");
        foreach (var path in (string[])["", "/ready"])
        {
            health.MapGet(path, ReadyAsync)
                .WithSummary("Store and exchange, each with its state and latency")
                .Produces<HealthAnswer>()
                .Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness)
    {
        var answer = await readiness.CheckAsync();
        return TypedResults.Json(
            answer, BallastJson.Default.HealthAnswer, statusCode: answer.Status == "ok" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

/// <summary>
/// Asks the store and the exchange side by side. Anyone may call, so one answer serves everybody for a moment: health checks must not
/// use up the exchange's patience.
/// </summary>
public sealed class Readiness(RedisConnection store, IExchange exchange, string storeName, string exchangeName, TimeProvider clock)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private Task<HealthAnswer>? latest;
    private long askedAt;

    public Task<HealthAnswer> CheckAsync()
    {
        lock (gate)
        {
            if (latest is null || (latest.IsCompleted && clock.GetElapsedTime(askedAt) >= Freshness))
                (latest, askedAt) = (AskAsync(), clock.GetTimestamp());
            return latest;
        }
    }

    private async Task<HealthAnswer> AskAsync()
    {
        var storeHealth = AskAsync(storeName, AskStoreAsync);
        var exchangeHealth = AskAsync(exchangeName, AskExchangeAsync);
        var (storePart, exchangePart) = (await storeHealth, await exchangeHealth);
        return new HealthAnswer(storePart.Error is null && exchangePart.Error is null ? "ok" : "unavailable", storePart, exchangePart);
    }

    private async Task<PartHealth> AskAsync(string name, Func<Task<string?>> ask)
    {
        var started = clock.GetTimestamp();
        var error = await ask();
        return new PartHealth(name, error is null ? "ok" : "unavailable", (long)clock.GetElapsedTime(started).TotalMilliseconds, error);
    }

    private async Task<string?> AskStoreAsync()
    {
        try
        {
            await store.PingAsync();
            return null;
        }
        catch (Core.Ticks.StoreUnavailableException)
        {
            // Its message can name hosts inside the owner's network; the tick's log line has it.
            return "the store does not answer";
        }
    }

    private async Task<string?> AskExchangeAsync()
    {
        using var deadline = new CancellationTokenSource(Patience, clock);
        try
        {
            return (await exchange.TimeAsync(deadline.Token)).Failure?.Reason;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return $"the exchange did not answer within {Patience.TotalSeconds:0} s";
        }
    }
}
