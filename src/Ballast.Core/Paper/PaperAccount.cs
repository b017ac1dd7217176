using Ballast.Core.Trading;

namespace Ballast.Core.Paper;

/// <summary>Balances of the one account. Nothing is created or lost here: whoever pays too much has found a bug, and it throws.</summary>
internal sealed class PaperAccount(IReadOnlyDictionary<string, decimal> opening)
{
    private readonly Dictionary<string, Balance> balances = opening.ToDictionary(
        entry => entry.Key, entry => new Balance(entry.Value, 0), StringComparer.Ordinal);

    public decimal Free(string asset) => Of(asset).Free;

    public void Receive(string asset, decimal units) => Set(asset, Of(asset) with { Free = Free(asset) + units });

    public void Pay(string asset, decimal units) => Set(asset, Of(asset) with { Free = Free(asset) - units });

    public void Reserve(string asset, decimal units) => Set(asset, new Balance(Of(asset).Free - units, Of(asset).Locked + units));

    public void Release(string asset, decimal units) => Reserve(asset, -units);

    /// <summary>Units by asset, free and reserved together.</summary>
    public Dictionary<string, decimal> Totals() =>
        balances.ToDictionary(entry => entry.Key, entry => entry.Value.Total, StringComparer.Ordinal);

    public Dictionary<string, Balance> Snapshot() => new(balances, StringComparer.Ordinal);

    private Balance Of(string asset) => balances.GetValueOrDefault(asset);

    private void Set(string asset, Balance balance)
    {
        if (balance.Free < 0 || balance.Locked < 0)
            throw new InvalidOperationException($"the account would hold {balance.Free} {asset} free and {balance.Locked} locked");
        balances[asset] = balance;
    }
}
