using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Paper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ballast.PaperExchange;

/// <summary>Keys for the user data stream. They live and expire as the original's do, but no stream is behind them.</summary>
internal sealed class ListenKeyEndpoints(PaperExchangeOptions options, TimeProvider clock, Gate gate)
{
    private const string Path = "/api/v3/userDataStream";
    private const int Most = 60;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(60);

    private readonly Lock changing = new();
    private readonly Dictionary<string, DateTimeOffset> expiries = new(StringComparer.Ordinal);
    private long created;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, gate.Guarded((context, _) => Answer(context, Create())));
        routes.MapGet(Path, gate.Guarded((context, _) => Wire.AnswerAsync(context, WriteList)));
        routes.MapPut(Path, gate.Guarded((context, parameters) => Answer(context, Extend(parameters))));
        routes.MapDelete(Path, gate.Guarded((context, parameters) => Answer(context, Close(parameters))));
    }

    // What the original says to a key too many, or to an unknown one, was never recorded.
    private Result<string> Create()
    {
        lock (changing)
        {
            if (Living().Length >= Most)
                return Refusals.ParameterWrong;
            var seed = string.Create(CultureInfo.InvariantCulture, $"listen key {clock.GetUtcNow():O} {++created}");
            var key = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.SecretKey), Encoding.UTF8.GetBytes(seed)));
            expiries[key] = clock.GetUtcNow() + Lifetime;
            return key;
        }
    }

    private Result<string> Extend(WireParameters parameters)
    {
        lock (changing)
        {
            if (!Find(parameters).TryGet(out var key, out var refusal))
                return refusal;
            expiries[key] = clock.GetUtcNow() + Lifetime;
            return key;
        }
    }

    private Result<string> Close(WireParameters parameters)
    {
        lock (changing)
        {
            if (Find(parameters).TryGet(out var key, out var refusal))
                expiries.Remove(key);
            return refusal is null ? key! : refusal;
        }
    }

    private Result<string> Find(WireParameters parameters) =>
        !parameters.Required("listenKey").TryGet(out var key, out var refusal) ? refusal
        : Living().Contains(key) ? key
        : Refusals.ParameterWrong;

    private string[] Living()
    {
        var now = clock.GetUtcNow();
        foreach (var expired in expiries.Where(entry => entry.Value <= now).Select(entry => entry.Key).ToArray())
            expiries.Remove(expired);
        return [.. expiries.Keys];
    }

    private void WriteList(Utf8JsonWriter json)
    {
        string[] living;
        lock (changing)
            living = Living();
        json.WriteStartObject();
        json.WritePropertyName("listenKey");
        Wire.WriteTexts(json, living);
        json.WriteNumber("total", Most);
        json.WriteNumber("available", Most - living.Length);
        json.WriteEndObject();
    }

    private static Task Answer(HttpContext context, Result<string> result) => result.TryGet(out var key, out var refusal)
        ? Wire.AnswerAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("listenKey", key);
            json.WriteEndObject();
        })
        : Wire.RefuseAsync(context, refusal);
}
