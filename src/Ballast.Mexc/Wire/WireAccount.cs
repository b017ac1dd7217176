using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Trading;

namespace Ballast.Mexc.Wire;

internal sealed record WireAccount(WireBalance?[]? Balances)
{
    /// <summary>By exact asset name; several rows of one asset are summed.</summary>
    public static Result<IReadOnlyDictionary<string, Balance>> Read(JsonElement payload, ForeignText foreign)
    {
        if (!MexcJson.Read(Endpoint.Account, payload, MexcJson.Default.WireAccount).TryGet(out var wire, out var failure)) return failure;
        if (wire.Balances is not { } rows) return Failure.BadData($"{Endpoint.Account}: 'balances' is missing");
        var balances = new Dictionary<string, Balance>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var fields = new Fields($"{Endpoint.Account}, balance of '{foreign.Clean(row?.Asset)}'");
            row.AddTo(balances, fields);
            if (fields.Failure is { } unreadable) return unreadable;
        }
        return Result<IReadOnlyDictionary<string, Balance>>.Of(balances);
    }
}

internal sealed record WireBalance(string? Asset, string? Free, string? Locked);

internal static class WireBalances
{
    public static void AddTo(this WireBalance? row, Dictionary<string, Balance> balances, Fields fields)
    {
        var asset = fields.Text("asset", row?.Asset);
        var (free, locked) = (fields.NotNegative("free", row?.Free), fields.NotNegative("locked", row?.Locked));
        var known = balances.GetValueOrDefault(asset);
        try
        {
            var sum = new Balance(known.Free + free, known.Locked + locked);
            _ = sum.Total;
            balances[asset] = sum;
        }
        catch (OverflowException)
        {
            fields.Refuse("free", "and 'locked' add up to more than a decimal can hold");
        }
    }
}
