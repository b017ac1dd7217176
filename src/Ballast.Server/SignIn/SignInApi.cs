using System.Net;
using System.Net.Sockets;
using Ballast.Server.Auth;
using Ballast.Server.Configuration;
using Ballast.Server.Http;
using Ballast.Server.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;

namespace Ballast.Server.SignIn;

/// <summary>Signing in and out, and who is signed in.</summary>
internal static class SignInApi
{
    private const string Json = "application/json";

    /// <summary>Registers what signing in needs; none of it is made before somebody asks for it.</summary>
    public static void AddSignIn(this IServiceCollection services, DashboardSettings settings, RedisConnection redis, StoreKeys keys, TimeProvider clock)
    {
        services.Configure<JsonOptions>(json => json.SerializerOptions.TypeInfoResolverChain.Add(SignInJson.Default));
        services.AddSingleton(provider => new SignInDesk(
            new RedisSignIn(redis, keys, RedisConnection.Patience), new LockOut(redis, keys), settings, clock,
            provider.GetRequiredService<ILogger<SignInDesk>>()));
    }

    /// <param name="links">Whether one-time links let in.</param>
    public static void MapSignIn(this IEndpointRouteBuilder app, bool links)
    {
        var api = app.MapGroup("/api/v1").AddEndpointFilter(Answers.StoreDown).WithTags("Signing in");
        api.MapGet("/session", ShowAsync).WithSummary("Whether the caller is signed in, and how to; needs no proof").Produces<SessionAnswer>();
        api.MapPost("/session", SignInAsync).WithSummary("Signs in with a password, and sets the session's cookie").Accepts<SignInRequest>(Json)
            .Produces<SessionAnswer>().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapDelete("/session", SignOutAsync).RequireSignedIn().WithSummary("Signs the caller out").Produces<SessionAnswer>();
        api.MapDelete("/sessions", SignEverybodyOutAsync).RequireOperator().WithSummary("Signs everybody out, the caller too").Produces<SessionAnswer>();
        api.MapGet("/sessions", async (HttpContext http, SignInDesk desk) =>
            TypedResults.Json(new SessionsAnswer(await desk.ShowAsync(http.Features.Get<SignedIn>()?.Id)), SignInJson.Default.SessionsAnswer))
            .RequireReader().WithSummary("Who is signed in").Produces<SessionsAnswer>();
        if (links)
            app.MapGet("/sign-in/{code}", SignInByLinkAsync).AddEndpointFilter(Answers.StoreDown).ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, SignInDesk desk)
    {
        var result = await http.AuthenticateAsync(OperatorAuthentication.Scheme);
        if (result.Succeeded)
            return Answer(http.Features.Get<SignedIn>() is { } signedIn ? Of(signedIn) : new SessionAnswer(SignedIn: true, Role: Role.Operator));
        return result.Failure == Refusal.StoreUnavailable
            ? new Problem(StatusCodes.Status503ServiceUnavailable, "Service unavailable", "Redis unavailable", TimeSpan.FromSeconds(5))
            : Answer(new SessionAnswer(SignedIn: false, await desk.WayInAsync()));
    }

    private static async Task<IResult> SignInAsync(HttpContext http, SignInDesk desk, Refusals refusals)
    {
        if (RequestOrigin.Of(http.Request) == RequestOrigin.Kind.Foreign)
            return Refuse(refusals, Refusal.CrossSite, new Problem(StatusCodes.Status403Forbidden, "Forbidden", "Sign in on this server's own page"));
        if (!http.Request.HasJsonContentType())
            return new Problem(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", $"Send {Json}");
        if (!(await Answers.ReadAsync(http, SignInJson.Default.SignInRequest)).TryGet(out var request, out _))
            return new Problem(StatusCodes.Status400BadRequest, "Bad request", """The body must be {"password":"…"}""");
        var (earlier, device) = (Shown(SessionCookie.Read(http.Request)), Shown(SessionCookie.ReadDevice(http.Request)));
        return await desk.SignInAsync(request.Password, AddressOf(http), earlier, device) switch
        {
            SignInOutcome.Entered entered => Enter(http, entered),
            SignInOutcome.LockedOut locked => Refuse(refusals, Refusal.LockedOut, new Problem(
                StatusCodes.Status429TooManyRequests, "Too many requests", "Too many attempts; wait before you try again", locked.Wait)),
            _ => Refuse(refusals, Refusal.WrongPassword, new Problem(StatusCodes.Status401Unauthorized, "Unauthorized", "Wrong password")),
        };
    }

    private static async Task<IResult> SignInByLinkAsync(string code, HttpContext http, SignInDesk desk, Refusals refusals)
    {
        var signedIn = await desk.SignInByLinkAsync(code, AddressOf(http), Shown(SessionCookie.Read(http.Request)));
        if (signedIn is null)
            return Refuse(refusals, Refusal.UsedLink, new SeeOther("/?link=used"));
        SessionCookie.Write(http, signedIn.Id);
        return new SeeOther("/");
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, SignInDesk desk)
    {
        if (http.Features.Get<SignedIn>() is { } signedIn)
            await desk.SignOutAsync(signedIn.Id);
        return await SignedOutAsync(http, desk);
    }

    private static async Task<IResult> SignEverybodyOutAsync(HttpContext http, SignInDesk desk)
    {
        await desk.SignEverybodyOutAsync();
        return await SignedOutAsync(http, desk);
    }

    private static async Task<IResult> SignedOutAsync(HttpContext http, SignInDesk desk)
    {
        SessionCookie.Clear(http);
        return Answer(new SessionAnswer(SignedIn: false, await desk.WayInAsync()));
    }

    private static JsonHttpResult<SessionAnswer> Enter(HttpContext http, SignInOutcome.Entered entered)
    {
        SessionCookie.Write(http, entered.SignedIn.Id);
        SessionCookie.WriteDevice(http, entered.Device);
        return Answer(Of(entered.SignedIn));
    }

    private static SessionAnswer Of(SignedIn signedIn) => new(
        SignedIn: true, Role: signedIn.Session.Role, Csrf: signedIn.Id.CsrfToken, Expires: signedIn.Session.Expires, Since: signedIn.Session.Since);

    private static JsonHttpResult<SessionAnswer> Answer(SessionAnswer answer) => TypedResults.Json(answer, SignInJson.Default.SessionAnswer);

    private static IResult Refuse(Refusals refusals, Refusal refusal, IResult answer)
    {
        refusals.Record(refusal, refusal == Refusal.UsedLink ? "/sign-in" : "/api/v1/session");
        return answer;
    }

    private static SessionId? Shown(string? cookie) => SessionId.TryParse(cookie, out var id) ? id : null;

    /// <summary>One subscriber's address: of version 6, everybody has a whole network of 2⁶⁴ to himself.</summary>
    private static string AddressOf(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !IPAddress.IsLoopback(address))
            return $"{new IPNetwork(new IPAddress([.. address.GetAddressBytes()[..8], 0, 0, 0, 0, 0, 0, 0, 0]), 64)}";
        return address.ToString();
    }

    private sealed class Problem(int status, string title, string detail, TimeSpan? retryAfter = null) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Problems.WriteAsync(httpContext, status, title, detail, retryAfter);
    }

    private sealed class SeeOther(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
