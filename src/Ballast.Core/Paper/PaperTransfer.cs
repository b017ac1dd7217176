using Ballast.Core.Trading;

namespace Ballast.Core.Paper;

/// <summary>One deposit or withdrawal. It was done the moment it was made: on paper no network has to confirm it.</summary>
/// <param name="Id">Also stands for the transaction on the coin's network.</param>
/// <param name="Time">Whole milliseconds, as on the wire.</param>
/// <param name="Units">What the account gained: negative for a withdrawal.</param>
public sealed record PaperTransfer(string Id, DateTimeOffset Time, string Asset, decimal Units)
{
    public bool IsDeposit => Units > 0;

    /// <summary>The same row that a client reads off the wire.</summary>
    public WalletRow Row => new(
        IsDeposit ? $"deposit:{Id}:{Decimals.Text(Units)}" : $"withdrawal:{Id}", Time, Asset, Units, WalletState.Done);
}
