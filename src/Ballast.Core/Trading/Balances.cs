namespace Ballast.Core.Trading;

/// <summary>Units of one asset: <paramref name="Free"/> can be spent, <paramref name="Locked"/> sits in open orders.</summary>
public readonly record struct Balance(decimal Free, decimal Locked)
{
    public decimal Total => Free + Locked;
}

/// <summary>
/// What an account holds, by the exchange's exact asset names. One asset whose numbers make no sense, or do not fit into a decimal, hides
/// no other: an account may hold coins that have nothing to do with the portfolio.
/// </summary>
/// <param name="known">An asset that is not listed is zero.</param>
/// <param name="unreadable">Assets that were listed with something else than a balance.</param>
public sealed class Balances(IReadOnlyDictionary<string, Balance> known, IReadOnlyDictionary<string, Failure> unreadable)
{
    public Balances(IReadOnlyDictionary<string, Balance> known)
        : this(known, new Dictionary<string, Failure>())
    {
    }

    /// <returns>BadData for an asset that could not be read: it must not pass for zero.</returns>
    public Result<Balance> Of(string asset) => unreadable.TryGetValue(asset, out var failure) ? failure : known.GetValueOrDefault(asset);
}
