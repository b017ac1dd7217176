using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ballast.Benchmarks.ColdStart;

/// <summary>An OpenID Connect issuer on loopback with one key: publishes it, signs with it, and counts who asks.</summary>
internal sealed class LoopbackIssuer : IAsyncDisposable
{
    public const string Audience = "https://ballast.example/tasks/runtime";
    public const string Account = "scheduler@ballast-example.iam.gserviceaccount.com";

    private const string KeyId = "bench-1";

    private readonly RSA key = RSA.Create(2048);
    private readonly WebApplication app;
    private int readings;

    private LoopbackIssuer(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    /// <summary>How often the key set was fetched.</summary>
    public int Readings => readings;

    public string KeySet => $$"""
        {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"{{KeyId}}","n":"{{Text(key.ExportParameters(false).Modulus!)}}","e":"{{Text(key.ExportParameters(false).Exponent!)}}"}]}
        """;

    public static async Task<LoopbackIssuer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var issuer = new LoopbackIssuer(builder.Build());
        issuer.app.Run(issuer.AnswerAsync);
        await issuer.app.StartAsync();
        return issuer;
    }

    /// <summary>A token as the scheduler brings it, valid for an hour.</summary>
    public string Token()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var content = Text($$"""{"alg":"RS256","kid":"{{KeyId}}","typ":"JWT"}""") + "." + Text(
            $$"""
            {"iss":"{{Url}}","aud":"{{Audience}}","sub":"104217","azp":"104217","email":"{{Account}}","email_verified":true,"iat":{{now}},"exp":{{now + 3600}}}
            """);
        return $"{content}.{Text(key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        switch (context.Request.Path.Value)
        {
            case "/.well-known/openid-configuration":
                return context.Response.WriteAsync(
                    $$"""{"issuer":"{{Url}}","jwks_uri":"{{Url}}/jwks","id_token_signing_alg_values_supported":["RS256"]}""");
            case "/jwks":
                Interlocked.Increment(ref readings);
                return context.Response.WriteAsync(KeySet);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    private static string Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
