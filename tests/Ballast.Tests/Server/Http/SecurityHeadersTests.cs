using System.Net;
using Ballast.Tests.Server.Configuration;
using Ballast.Tests.Server.SignIn;
using Microsoft.AspNetCore.Builder;

namespace Ballast.Tests.Server.Http;

/// <summary>Every kind of answer, whichever part of the program makes it, tells a browser what it must not do.</summary>
public class SecurityHeadersTests
{
    private const string NoPage = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static TheoryData<string, string, int> Answers => new()
    {
        { "GET", "/health/live", 200 },
        { "GET", "/openapi/v1.json", 200 },
        { "GET", "/metrics", 200 },
        { "GET", "/api/v1/session", 200 },
        { "POST", "/tasks/runtime", 200 },
        { "GET", "/sign-in/x", 303 },
        { "POST", "/api/v1/session", 400 },
        { "GET", "/api/v1/trading", 401 },
        { "GET", "/nothing", 404 },
        { "GET", "/assets/nothing.js", 404 },
        { "DELETE", "/health/live", 405 },
        { "GET", "/fails", 500 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_answer_has_them(string method, string path, int status)
    {
        await using var server = await ServerUnderTest.StartAsync();
        server.Server.App.MapGet("/fails", string () => throw new InvalidOperationException("on purpose"));
        var browser = Browser.Of(server).With("X-CloudScheduler", "true");
        var reply = await browser.SendAsync(method, path, method == "POST" && path.StartsWith("/api", StringComparison.Ordinal) ? "{}" : null);
        Assert.True(status == (int)reply.Status, $"{reply.Status} {reply.Body}");
        Assert.Equal(NoPage, reply.Header("Content-Security-Policy"));
        Assert.Equal("no-store", reply.Header("Cache-Control")?.Split(',')[0]);
        AssertUsual(reply);
    }

    [Fact]
    public async Task A_host_that_is_not_served_is_told_the_same()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var reply = await Browser.Of(server).With("Host", "rebound.example").GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        AssertUsual(reply);
    }

    [Fact]
    public async Task Over_an_encrypted_connection_browsers_are_told_to_stay_there()
    {
        await using var server = await ServerUnderTest.StartAsync([("Ballast:Dashboard:TrustedProxies", "1"), .. Configured.Callers], "Production");
        var encrypted = await Browser.Of(server).With("X-Forwarded-Proto", "https").GetAsync("/nothing");
        Assert.Equal("max-age=63072000", encrypted.Header("Strict-Transport-Security"));
        Assert.Null((await Browser.Of(server).GetAsync("/nothing")).Header("Strict-Transport-Security"));
    }

    internal static void AssertUsual(Reply reply)
    {
        Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
        Assert.Equal("DENY", reply.Header("X-Frame-Options"));
        Assert.Equal("no-referrer", reply.Header("Referrer-Policy"));
        Assert.Equal("same-origin", reply.Header("Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", reply.Header("Cross-Origin-Resource-Policy"));
        Assert.Contains("camera=()", reply.Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.Null(reply.Header("Server"));
        Assert.Null(reply.Header("Strict-Transport-Security"));
        Assert.Null(reply.Header("Access-Control-Allow-Origin"));
    }
}
