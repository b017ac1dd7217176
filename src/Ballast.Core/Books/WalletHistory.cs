using Ballast.Core.Trading;

namespace Ballast.Core.Books;

/// <summary>
/// Reads the deposits and withdrawals that the books may lack, in windows of the length that the exchange allows. A row shows when it
/// began and may be done much later, so the reading goes back to the oldest that was still under way.
/// </summary>
public sealed class WalletHistory(IExchange exchange)
{
    /// <summary>The longest window that the exchange answers for at once.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(7);

    /// <summary>How far back the exchange still answers, less an hour for clocks that differ.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(90) - TimeSpan.FromHours(1);

    /// <summary>The window that every tick reads, side by side with everything else.</summary>
    public Task<Result<IReadOnlyList<WalletRow>>> FirstWindowAsync(DateTimeOffset now, CancellationToken cancel) =>
        exchange.WalletAsync(now - Window, now, cancel);

    /// <summary>All rows that may not be booked. Usually the first window is all, and nothing more is asked.</summary>
    /// <param name="ledger">Null when the books are about to be opened: then as far back as trades are remembered.</param>
    public async Task<Result<IReadOnlyCollection<WalletRow>>> CompleteAsync(
        IReadOnlyList<WalletRow> firstWindow, Ledger? ledger, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = firstWindow.DistinctBy(row => row.Id, StringComparer.Ordinal).ToDictionary(row => row.Id, StringComparer.Ordinal);
        var since = ledger?.WalletThrough ?? now - TradeHistory.Memory;
        var earliest = now - Memory;
        for (var end = now - Window; end > since && end > earliest; end -= Window)
        {
            var start = end - Window > earliest ? end - Window : earliest;
            if (!(await exchange.WalletAsync(start, end, cancel)).TryGet(out var window, out var failure))
                return failure;
            foreach (var row in window)
                rows.TryAdd(row.Id, row);
        }
        return rows.Values;
    }
}
