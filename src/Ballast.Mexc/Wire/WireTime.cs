using System.Text.Json;
using Ballast.Core;

namespace Ballast.Mexc.Wire;

internal sealed record WireTime(string? ServerTime)
{
    public static Result<DateTimeOffset> Read(JsonElement payload)
    {
        if (!MexcJson.Read(Endpoint.Time, payload, MexcJson.Default.WireTime).TryGet(out var wire, out var failure)) return failure;
        var fields = new Fields(Endpoint.Time.ToString());
        var time = fields.Time("serverTime", wire.ServerTime);
        return fields.Failure is { } unreadable ? unreadable : time;
    }
}
