using System.Globalization;
using System.Text;
using Ballast.Core.Paper;
using Microsoft.AspNetCore.Http;

namespace Ballast.PaperExchange.Faults;

/// <summary>Stands before the exchange's own paths and does to requests what the desk has in force.</summary>
internal sealed class FaultyWire(FaultDesk desk, TimeProvider clock, CancellationToken stopping)
{
    private const string Json = "application/json";
    private const string MaintenanceText = """{"code":801,"msg":"System under maintenance"}""";
    private const string Page = "<!DOCTYPE html><html><head><title>Access Denied</title></head><body><h1>Access Denied</h1></body></html>";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "";
        if (!path.StartsWith(ApiCall.Root, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }
        var call = new ApiCall(context.Request.Method, path[ApiCall.Root.Length..], context.Request.Headers.ContainsKey(Gate.KeyHeader));
        var encounter = desk.Meet(call);
        try
        {
            if (encounter.Wait is { } wait)
                await WaitAsync(context, TimeSpan.FromMilliseconds((long)wait.Value!));
            await AnswerAsync(context, next, encounter.Answer);
        }
        finally
        {
            desk.Leave(encounter);
        }
    }

    // A client that gives up does not call its request back: it is taken in first, and carried out for nobody.
    private async Task WaitAsync(HttpContext context, TimeSpan time)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        body.Position = 0;
        (context.Request.Body, context.RequestAborted) = (body, CancellationToken.None);
        await Task.Delay(time, clock, stopping);
    }

    private static Task AnswerAsync(HttpContext context, RequestDelegate next, Fault? fault) => fault?.Kind.Point switch
    {
        null => next(context),
        FaultPoint.BeforeActing => InsteadAsync(context, fault),
        _ => SpoilAsync(context, next, fault),
    };

    private static Task InsteadAsync(HttpContext context, Fault fault)
    {
        var kind = fault.Kind;
        if (kind == FaultKind.Drop)
            return Break(context);
        if (kind == FaultKind.NoPermission)
            return Wire.RefuseAsync(context, Refusals.NoPermission);
        if (kind == FaultKind.Html)
            return SendAsync(context, (int)fault.Value!, "text/html", fault.Body ?? Page);
        if (kind == FaultKind.Maintenance)
            return SendAsync(context, StatusCodes.Status503ServiceUnavailable, Json, fault.Body ?? MaintenanceText);
        if (kind == FaultKind.ServerError)
            return SendAsync(context, (int)fault.Value!, Json, fault.Body ?? "");
        context.Response.Headers.RetryAfter = ((long)fault.Value!).ToString(CultureInfo.InvariantCulture);
        return kind == FaultKind.Banned
            ? SendAsync(context, StatusCodes.Status418ImATeapot, Json, """{"code":418,"msg":"Too Many Requests"}""")
            : SendAsync(context, StatusCodes.Status429TooManyRequests, Json, """{"code":429,"msg":"Too Many Requests"}""");
    }

    private static async Task SpoilAsync(HttpContext context, RequestDelegate next, Fault fault)
    {
        var (wire, answer) = (context.Response.Body, new MemoryStream());
        context.Response.Body = answer;
        await next(context);
        context.Response.Body = wire;
        var status = context.Response.StatusCode;
        context.Response.Clear();
        if (fault.Kind == FaultKind.DropAfter)
            await Break(context);
        else if (fault.Kind == FaultKind.ErrorAfter)
            await SendAsync(context, (int)fault.Value!, Json, fault.Body ?? "");
        else
            await SendAsync(context, status, Json, Half(answer.ToArray()));
    }

    // Of the shortest answers, {} and [], half would not be recognisably broken.
    private static string Half(byte[] answer) => answer.Length > 2 ? Encoding.UTF8.GetString(answer[..(answer.Length / 2)]) : "{\"";

    private static Task Break(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static async Task SendAsync(HttpContext context, int status, string type, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.StatusCode = status;
        if (bytes.Length > 0)
            context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
