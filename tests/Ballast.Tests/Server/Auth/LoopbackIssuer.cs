using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ballast.Tests.Server.Auth;

public enum IssuerState
{
    Serving,

    /// <summary>Every connection breaks without an answer.</summary>
    Down,

    /// <summary>Requests are taken and never answered.</summary>
    Hanging,

    /// <summary>A web page, with 200.</summary>
    ServingRubbish,

    /// <summary>A discovery document as it should be, and a key set without keys.</summary>
    ServingNoKeys,

    /// <summary>500 to everything.</summary>
    Failing,

    /// <summary>An answer far larger than any issuer's.</summary>
    ServingTooMuch,

    /// <summary>302 to a place that serves the right documents.</summary>
    Redirecting,
}

/// <summary>An OpenID Connect issuer on loopback: publishes real RSA keys, signs real tokens, and misbehaves when told.</summary>
public sealed class LoopbackIssuer : IAsyncDisposable
{
    public const string Audience = "https://ballast.test/tasks/runtime";
    public const string ServiceAccount = "scheduler@ballast-test.iam.gserviceaccount.com";

    private readonly WebApplication app;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, IssuerKey> published = [];
    private int discoveryFetches;
    private int keyFetches;

    private LoopbackIssuer(WebApplication app, TimeProvider clock) => (this.app, this.clock) = (app, clock);

    /// <summary>The URL to configure; tokens carry it as <c>iss</c>.</summary>
    public string Issuer => app.Urls.Single();

    public IssuerState State { get; set; }

    /// <summary>What the discovery document calls itself. Null: the truth.</summary>
    public string? AdvertisedIssuer { get; set; }

    /// <summary>Where the discovery document says the keys are. Null: where they are.</summary>
    public string? AdvertisedKeys { get; set; }

    /// <summary>The key that signs when a token names no other.</summary>
    public IssuerKey Current { get; private set; } = null!;

    public int DiscoveryFetches => discoveryFetches;

    public int KeyFetches => keyFetches;

    /// <param name="clock">Dates the tokens. Null: the machine's.</param>
    public static async Task<LoopbackIssuer> StartAsync(TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var issuer = new LoopbackIssuer(app, clock ?? TimeProvider.System);
        issuer.Publish(issuer.Current = new IssuerKey("first"));
        app.Run(issuer.AnswerAsync);
        await app.StartAsync();
        return issuer;
    }

    public void Publish(IssuerKey key) => published[key.Id] = key;

    public void Withdraw(string keyId) => published.TryRemove(keyId, out _);

    /// <summary>Publishes a new key, withdraws the old one, and signs with the new one from now on.</summary>
    public IssuerKey Rotate(string newKeyId)
    {
        Withdraw(Current.Id);
        Publish(Current = new IssuerKey(newKeyId));
        return Current;
    }

    /// <summary>A token as the scheduler brings it, valid for an hour, except for what the caller changes.</summary>
    public string Token(Action<JsonObject>? claims = null, IssuerKey? key = null) =>
        TestToken.Compose(Header(key), Claims(claims), (key ?? Current).Sign);

    /// <summary>The header that goes with the key, for forgeries that start from the truth.</summary>
    public JsonObject Header(IssuerKey? key = null) => new() { ["alg"] = "RS256", ["kid"] = (key ?? Current).Id, ["typ"] = "JWT" };

    public JsonObject Claims(Action<JsonObject>? change = null)
    {
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = Audience,
            ["sub"] = "104217",
            ["email"] = ServiceAccount,
            ["email_verified"] = true,
            ["iat"] = SecondsFromNow(0),
            ["exp"] = SecondsFromNow(3600),
        };
        change?.Invoke(claims);
        return claims;
    }

    /// <summary>A JWT time by the issuer's clock.</summary>
    public long SecondsFromNow(int seconds) => clock.GetUtcNow().ToUnixTimeSeconds() + seconds;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/.well-known/openid-configuration":
                Interlocked.Increment(ref discoveryFetches);
                return MisbehaveOrAnswerAsync(context, Discovery);
            case "/jwks":
                Interlocked.Increment(ref keyFetches);
                return MisbehaveOrAnswerAsync(context, Keys);
            case "/elsewhere/.well-known/openid-configuration":
                return context.Response.WriteAsync(Discovery().ToJsonString());
            case "/elsewhere/jwks":
                return context.Response.WriteAsync(Keys().ToJsonString());
            default:
                context.Response.StatusCode = 404;
                return Task.CompletedTask;
        }
    }

    private Task MisbehaveOrAnswerAsync(HttpContext context, Func<JsonObject> answer)
    {
        switch (State)
        {
            case IssuerState.Down:
                context.Abort();
                return Task.CompletedTask;
            case IssuerState.Hanging:
                return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)
                    .ContinueWith(_ => { }, TaskScheduler.Default);
            case IssuerState.ServingRubbish:
                return context.Response.WriteAsync("<html>We will be back soon.</html>");
            case IssuerState.Failing:
                context.Response.StatusCode = 500;
                return context.Response.WriteAsync(answer().ToJsonString());
            case IssuerState.ServingTooMuch:
                return context.Response.WriteAsync(answer().ToJsonString() + new string(' ', 1_000_000));
            case IssuerState.Redirecting:
                context.Response.Redirect("/elsewhere" + context.Request.Path);
                return Task.CompletedTask;
            default:
                return context.Response.WriteAsync(answer().ToJsonString());
        }
    }

    private JsonObject Discovery() => new()
    {
        ["issuer"] = AdvertisedIssuer ?? Issuer,
        ["jwks_uri"] = AdvertisedKeys ?? $"{Issuer}/jwks",
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
    };

    private JsonObject Keys() => new()
    {
        ["keys"] = State == IssuerState.ServingNoKeys
            ? []
            : new JsonArray(published.Values.Select(key => key.Public()).ToArray<JsonNode>()),
    };
}
