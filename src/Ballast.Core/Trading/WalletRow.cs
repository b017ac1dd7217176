namespace Ballast.Core.Trading;

/// <summary>How far a deposit or withdrawal has come.</summary>
public enum WalletState
{
    /// <summary>Announced, not yet credited or not yet sent.</summary>
    UnderWay,

    /// <summary>In or out of the account.</summary>
    Done,

    /// <summary>Rejected, failed or called off: nothing came of it.</summary>
    Void,
}

/// <summary>One deposit or withdrawal, as the exchange's wallet history shows it.</summary>
/// <param name="Id">Unique over both kinds, and the same each time the row is read: <c>deposit:…</c> or <c>withdrawal:…</c>.</param>
/// <param name="Time">When it began; it may be done much later.</param>
/// <param name="Asset">The asset's name in the account, without the network that some rows carry.</param>
/// <param name="Units">What the account gains; negative for a withdrawal, its network fee included.</param>
public sealed record WalletRow(string Id, DateTimeOffset Time, string Asset, decimal Units, WalletState State);
