using System.Globalization;

namespace Ballast.Core.Paper;

/// <summary>What came into the account from outside and what left it: the only way that units are gained or lost without a trade.</summary>
internal sealed class PaperWallet(PaperAccount account, Chronicle chronicle, PaperState opened)
{
    /// <summary>More than either of them would not leave room for the exact sums of both.</summary>
    private const decimal Largest = 1_000_000_000_000m;
    private const int MostDecimals = 12;

    /// <summary>As documented for both histories.</summary>
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(7);
    private static readonly TimeSpan Memory = TimeSpan.FromDays(90);

    private readonly List<PaperTransfer> transfers = [.. opened.Transfers];

    /// <summary>How many there ever were.</summary>
    public long Count { get; private set; } = opened.TransferCount;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<PaperTransfer> Transfers => transfers;

    public Result<PaperTransfer> Deposit(string asset, decimal units, DateTimeOffset at)
    {
        if (Unfit(units) is { } refusal)
            return refusal;
        account.Receive(asset, units);
        return Record(asset, units, at);
    }

    public Result<PaperTransfer> Withdraw(string asset, decimal units, DateTimeOffset at)
    {
        if (Unfit(units) is { } refusal)
            return refusal;
        if (units > account.Free(asset))
            return Refusals.InsufficientBalance;
        account.Pay(asset, units);
        return Record(asset, -units, at);
    }

    /// <summary>Newest first, both ends included. A window that ends before it begins is empty.</summary>
    public Result<IReadOnlyList<PaperTransfer>> Between(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        if (from < now - Memory)
            return Refusals.WindowBeginsTooEarly;
        if (to - from > LongestWindow)
            return Refusals.WindowTooLong;
        return Result<IReadOnlyList<PaperTransfer>>.Of(
            [.. Enumerable.Reverse(transfers).Where(transfer => transfer.Time >= from && transfer.Time <= to)]);
    }

    private static Failure? Unfit(decimal units) =>
        units <= 0 ? Refusals.NothingToTransfer
        : units > Largest ? Refusals.TransferTooLarge
        : Decimals.Trim(units).Scale > MostDecimals ? Refusals.TransferScale
        : null;

    private PaperTransfer Record(string asset, decimal units, DateTimeOffset at)
    {
        var transfer = new PaperTransfer(
            string.Create(CultureInfo.InvariantCulture, $"{opened.Opened.ToUnixTimeMilliseconds()}{++Count:D9}W1"),
            DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()),
            asset,
            units);
        transfers.Add(transfer);
        transfers.RemoveAll(old => old.Time < at - Memory);
        chronicle.Note(new TransferMade(transfer));
        return transfer;
    }
}
