using System.Text.Json;
using Ballast.Core;

namespace Ballast.PaperExchange.Faults;

/// <summary>Bodies of the admin API: one flat object, of which every field must be known and readable.</summary>
internal static class AdminRequest
{
    /// <summary><c>{"kind":"latency","value":2500,"calls":["account"],"symbol":"QRLUSDT","seconds":120,"count":1,"body":"…"}</c>; only the kind is needed.</summary>
    public static Result<FaultRequest> Fault(JsonElement body)
    {
        if (Strangers(body, "kind", "value", "calls", "symbol", "seconds", "count", "body") is { } stranger)
            return stranger;
        if (!Text(body, "kind").TryGet(out var kind, out var failure)
            || !Number(body, "value").TryGet(out var value, out failure)
            || !Words(body, "calls").TryGet(out var calls, out failure)
            || !Text(body, "symbol").TryGet(out var symbol, out failure)
            || !Number(body, "seconds").TryGet(out var seconds, out failure)
            || !Number(body, "count").TryGet(out var count, out failure)
            || !Text(body, "body").TryGet(out var answer, out failure))
            return failure;
        if (kind is null)
            return Failure.BadData("'kind' is missing; write which fault, such as {\"kind\":\"maintenance\"}");
        if (seconds > int.MaxValue || seconds < 0)
            return Failure.BadData("'seconds' is out of range; write seconds above 0, such as 120");
        if (count is { } asked && (asked != decimal.Truncate(asked) || asked is < 1 or > int.MaxValue))
            return Failure.BadData("'count' is not a whole number of 1 or more; write how many requests, such as 1");
        return new FaultRequest(kind, value, calls, symbol, seconds is { } time ? TimeSpan.FromTicks((long)(time * TimeSpan.TicksPerSecond)) : null, (int?)count, answer);
    }

    /// <summary><c>{"asset":"QRL","amount":100}</c></summary>
    public static Result<(string Asset, decimal Units)> Transfer(JsonElement body)
    {
        if (Strangers(body, "asset", "amount") is { } stranger)
            return stranger;
        if (!Text(body, "asset").TryGet(out var asset, out var failure) || !Number(body, "amount").TryGet(out var amount, out failure))
            return failure;
        return asset is { Length: > 0 and <= 20 } && asset.All(letter => letter is > ' ' and not '\u007f') && amount is { } units
            ? (asset, units)
            : Failure.BadData("a transfer needs an asset and an amount; write such as {\"asset\":\"QRL\",\"amount\":100}");
    }

    private static Failure? Strangers(JsonElement body, params ReadOnlySpan<string> known)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return Failure.BadData("the body is not a JSON object; write one with the fields " + string.Join(", ", known.ToArray()));
        foreach (var field in body.EnumerateObject())
        {
            if (!known.Contains(field.Name))
                return Failure.BadData($"'{field.Name}' is not a field; the fields are {string.Join(", ", known.ToArray())}");
        }
        return null;
    }

    private static Result<string?> Text(JsonElement body, string name) =>
        !Has(body, name, out var field) ? default(string)
        : field.ValueKind == JsonValueKind.String ? field.GetString()
        : Failure.BadData($"'{name}' is not a text; write it in quotation marks");

    private static Result<decimal?> Number(JsonElement body, string name) =>
        !Has(body, name, out var field) ? default(decimal?)
        : field.ValueKind == JsonValueKind.Number && field.TryGetDecimal(out var number) ? number
        : Failure.BadData($"'{name}' is not a number; write it with digits and a point, without quotation marks");

    private static Result<string[]?> Words(JsonElement body, string name) =>
        !Has(body, name, out var field) ? default(string[])
        : field.ValueKind == JsonValueKind.Array && field.EnumerateArray().All(word => word.ValueKind == JsonValueKind.String)
            ? field.EnumerateArray().Select(word => word.GetString()!).ToArray()
        : Failure.BadData($"'{name}' is not a list of texts; write it such as [\"account\",\"POST order\"]");

    private static bool Has(JsonElement body, string name, out JsonElement field) =>
        body.TryGetProperty(name, out field) && field.ValueKind != JsonValueKind.Null;
}
