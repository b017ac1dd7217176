using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Trading;

namespace Ballast.Mexc.Wire;

internal sealed record WireAccount(WireBalance?[]? Balances)
{
    /// <summary>
    /// Several rows of one asset are summed. A row that cannot be read makes its asset unreadable; one without an asset's name could be
    /// any asset's, and fails the whole.
    /// </summary>
    public static Result<Balances> Read(JsonElement payload, ForeignText foreign)
    {
        if (!MexcJson.Read(Endpoint.Account, payload, MexcJson.Default.WireAccount).TryGet(out var wire, out var failure)) return failure;
        if (wire.Balances is not { } rows) return Failure.BadData($"{Endpoint.Account}: 'balances' is missing");
        var (known, unreadable) = (new Dictionary<string, Balance>(StringComparer.Ordinal), new Dictionary<string, Failure>(StringComparer.Ordinal));
        foreach (var row in rows)
        {
            var name = new Fields($"{Endpoint.Account}, a balance");
            var asset = name.Text("asset", row?.Asset);
            if (name.Failure is { } nameless) return nameless;
            var fields = new Fields($"{Endpoint.Account}, balance of '{foreign.Clean(asset)}'");
            known[asset] = row!.AddedTo(known.GetValueOrDefault(asset), fields);
            if (fields.Failure is { } problem) unreadable.TryAdd(asset, problem);
        }
        return new Balances(known, unreadable);
    }
}

internal sealed record WireBalance(string? Asset, string? Free, string? Locked)
{
    public Balance AddedTo(Balance known, Fields fields)
    {
        try
        {
            var sum = new Balance(known.Free + fields.NotNegative("free", Free), known.Locked + fields.NotNegative("locked", Locked));
            _ = sum.Total;
            return sum;
        }
        catch (OverflowException)
        {
            fields.Refuse("free", "and 'locked' add up to more than a decimal can hold");
            return known;
        }
    }
}
