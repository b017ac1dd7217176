using System.Text.Encodings.Web;
using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Paper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ballast.PaperExchange.Faults;

/// <summary>
/// Faults, deposits and withdrawals over HTTP, under <c>/paper</c>. It knows no password, so it is for this machine's own programs alone: a
/// page in the owner's browser is turned away by its origin, by the name that it calls the machine by, and by the type of what it may send.
/// </summary>
internal sealed class AdminEndpoints(MatchingEngine engine, FaultDesk desk, TimeProvider clock)
{
    private const string Root = "/paper";

    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "[::1]"];
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private IEndpointRouteBuilder? routes;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        routes = endpoints;
        endpoints.MapGet(Root + "/faults", Guarded(context => AnswerAsync(context, WriteFaults)));
        endpoints.MapGet(Root + "/kinds", Guarded(context => AnswerAsync(context, WriteKinds)));
        endpoints.MapPost(Root + "/faults", Guarded(SetAsync));
        endpoints.MapDelete(Root + "/faults", Guarded(ClearAllAsync));
        endpoints.MapDelete(Root + "/faults/{kind}", Guarded(ClearAsync));
        endpoints.MapPost(Root + "/deposit", Guarded(context => TransferAsync(context, engine.Deposit)));
        endpoints.MapPost(Root + "/withdraw", Guarded(context => TransferAsync(context, engine.Withdraw)));
    }

    private static RequestDelegate Guarded(RequestDelegate answer) => context =>
    {
        var request = context.Request;
        if (!ThisMachine.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "call this machine localhost or 127.0.0.1; any other name is refused");
        if (request.Headers.Origin.Count > 0 || request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "none"))
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "pages in a browser are not let in; use a program, such as ballast paper or curl");
        if (HttpMethods.IsPost(request.Method) && request.ContentType?.Split(';')[0].Trim() != "application/json")
            return RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "send JSON, with Content-Type: application/json");
        return answer(context);
    };

    private async Task SetAsync(HttpContext context)
    {
        if (!(await ReadAsync(context)).TryGet(out var body, out var failure)
            || !AdminRequest.Fault(body).TryGet(out var request, out failure)
            || (failure = ServedCalls.Unknown(routes!, request)) is not null
            || !desk.Set(request).TryGet(out var fault, out failure))
            await RefuseAsync(context, StatusCodes.Status400BadRequest, failure.Reason);
        else
            await AnswerAsync(context, json => Write(json, fault));
    }

    private Task ClearAllAsync(HttpContext context)
    {
        desk.ClearAll();
        return AnswerAsync(context, WriteFaults);
    }

    private Task ClearAsync(HttpContext context)
    {
        var name = (string?)context.GetRouteValue("kind");
        if (FaultKind.All.FirstOrDefault(kind => kind.Name == name) is not { } known)
            return RefuseAsync(context, StatusCodes.Status400BadRequest, $"there is no fault '{name}'; write one of: {string.Join(", ", FaultKind.All)}");
        return desk.Clear(known)
            ? AnswerAsync(context, WriteFaults)
            : RefuseAsync(context, StatusCodes.Status404NotFound, $"'{name}' is not in force; ballast paper faults lists what is");
    }

    private async Task TransferAsync(HttpContext context, Func<string, decimal, DateTimeOffset, Result<PaperTransfer>> transfer)
    {
        if (!(await ReadAsync(context)).TryGet(out var body, out var failure)
            || !AdminRequest.Transfer(body).TryGet(out var asked, out failure)
            || !transfer(asked.Asset, asked.Units, clock.GetUtcNow()).TryGet(out var made, out failure))
            await RefuseAsync(context, StatusCodes.Status400BadRequest, failure.Reason);
        else
            await AnswerAsync(context, json => Write(json, made));
    }

    private static async Task<Result<JsonElement>> ReadAsync(HttpContext context)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return document.RootElement.Clone();
        }
        catch (JsonException unreadable)
        {
            return Failure.BadData($"the body is not JSON ({unreadable.Message})");
        }
    }

    private void WriteFaults(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("faults");
        foreach (var fault in desk.InForce)
            Write(json, fault);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteKinds(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var kind in FaultKind.All)
        {
            json.WriteStartObject();
            json.WriteString("kind", kind.Name);
            json.WriteString("effect", kind.Effect);
            json.WriteString("value", kind.Number?.Meaning);
            if (kind.Number?.Usual is { } usual)
                json.WriteNumber("usual", usual);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Fault fault)
    {
        json.WriteStartObject();
        json.WriteString("kind", fault.Kind.Name);
        json.WriteString("effect", fault.Kind.Effect);
        if (fault is { Value: { } value, Kind.Number: { } number })
        {
            json.WriteNumber("value", value);
            json.WriteString("value_means", number.Meaning);
        }
        json.WriteStartArray("calls");
        foreach (var call in fault.Calls)
            json.WriteStringValue(call);
        json.WriteEndArray();
        if (fault.Symbol is { } symbol)
            json.WriteString("symbol", symbol);
        json.WriteString("since", UtcText.Write(fault.Since));
        if (fault.Until is { } until)
            json.WriteString("until", UtcText.Write(until));
        if (fault.Left is { } left)
            json.WriteNumber("requests_left", left);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PaperTransfer transfer)
    {
        json.WriteStartObject();
        json.WriteString("id", transfer.Id);
        json.WriteString("asset", transfer.Asset);
        json.WriteNumber("units", transfer.Units);
        json.WriteString("time", UtcText.Write(transfer.Time));
        json.WriteEndObject();
    }

    private static Task RefuseAsync(HttpContext context, int status, string detail) => SendAsync(context, status, "application/problem+json", json =>
    {
        json.WriteStartObject();
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        json.WriteEndObject();
    });

    private static Task AnswerAsync(HttpContext context, Action<Utf8JsonWriter> write) =>
        SendAsync(context, StatusCodes.Status200OK, "application/json", write);

    private static async Task SendAsync(HttpContext context, int status, string type, Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(buffer, Format))
            write(json);
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = buffer.WrittenCount;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }
}
