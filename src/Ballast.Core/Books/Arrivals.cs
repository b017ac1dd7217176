using Ballast.Core.Trading;

namespace Ballast.Core.Books;

/// <summary>What a statement brings that the books do not have yet.</summary>
/// <param name="Trades">In book order, not yet valued.</param>
/// <param name="Rows">Deposits and withdrawals of the pair's assets that are done.</param>
/// <param name="WalletThrough">No row that began before this is still to come.</param>
/// <param name="Problem">Why some of the wallet's history is not in here; null when all is.</param>
internal sealed record Arrivals(
    IReadOnlyList<Trade> Trades, IReadOnlyList<WalletRow> Rows, DateTimeOffset WalletThrough, string? Problem)
{
    /// <summary>How long a row that does not get done is waited for; the exchange settles within days.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <param name="ledger">Null opens the books.</param>
    public static Arrivals Of(
        Ledger? ledger, IEnumerable<Trade> trades, Result<IReadOnlyCollection<WalletRow>> wallet, Pair pair, DateTimeOffset now)
    {
        var from = ledger?.Opening.WalletFrom ?? now - TradeHistory.Memory;
        IEnumerable<Entry> fresh = ledger is null
            ? trades.DistinctBy(trade => trade.Id, StringComparer.Ordinal).Order(Entry.BookOrder)
            : ledger.Unknown(trades);
        Trade[] newTrades = [.. fresh.Cast<Trade>().Select(trade => trade with { InOpening = IsInOpening(trade, ledger) })];
        if (!wallet.TryGet(out var all, out var failure))
            return new Arrivals(newTrades, [], ledger?.WalletThrough ?? now, failure.Reason);

        var known = ledger is null ? [] : ledger.Movements.Select(movement => movement.Id).ToHashSet(StringComparer.Ordinal);
        var rows = all.DistinctBy(row => row.Id, StringComparer.Ordinal)
            .Where(row => row.Time >= from && LegOf(row, pair) is not null && !known.Contains(row.Id)).ToList();

        // Of what began before the oldest movement that is remembered by name, nobody can say whether it is booked.
        var horizon = known.Count < Ledger.MovementLimit ? DateTimeOffset.MinValue : ledger!.Movements[0].Time;
        return new Arrivals(
            newTrades,
            [.. rows.Where(row => row.State == WalletState.Done && row.Time >= horizon).OrderBy(row => row.Time)],
            rows.Where(row => row.State == WalletState.UnderWay && row.Time >= now - LongestWait).Select(row => row.Time).Append(now).Min(),
            rows.Any(row => row.State == WalletState.Done && row.Time < horizon)
                ? $"there are more than {Ledger.MovementLimit} deposits and withdrawals in a few days; the older ones were left out"
                : null);
    }

    /// <summary>Whether booking these needs everything that was booked before.</summary>
    public bool NeedJournal(Ledger? ledger) => ledger?.NeedsJournal(Trades) == true;

    public static Leg? LegOf(WalletRow row, Pair pair) =>
        row.Asset == pair.Base ? Leg.Base : row.Asset == pair.Quote ? Leg.Quote : null;

    // The exchange cuts times to whole seconds: only what began in a second that was over is certainly in the first balance.
    private static bool IsInOpening(Trade trade, Ledger? ledger) => ledger is null || trade.Time.AddSeconds(1) <= ledger.Opening.At;
}
