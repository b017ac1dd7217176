using Ballast.Core.Trading;

namespace Ballast.Core.Books;

/// <summary>
/// Reads every trade the books may lack from an exchange that answers newest first, cuts pages where it likes, keeps about a month, and
/// delivers rows late. Windows overlap what is already booked, and <see cref="Ledger.Add"/> takes each row once.
/// </summary>
public sealed class TradeHistory(IExchange exchange, Symbol symbol)
{
    /// <summary>
    /// What every tick reads, before it knows what the books hold. An hour more than a row may be late, so that ticks up to an hour apart
    /// need no second window; and no more than stays unsettled.
    /// </summary>
    public static readonly TimeSpan FirstWindow = Ledger.Unsettled;

    /// <summary>How far back the exchange still answers; it documents a month.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    /// <summary>The longest window asked for at once: some accounts were seen to get no more than a week.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);

    /// <summary>The smallest page limit the exchange documents. It may be another one: what the pages show counts for more.</summary>
    private const int SmallestPageLimit = 100;

    private const int MostPages = 1000;

    /// <summary>The page that every tick reads, side by side with everything else.</summary>
    public Task<Result<IReadOnlyList<Trade>>> FirstPageAsync(DateTimeOffset now, CancellationToken cancel) =>
        exchange.TradesAsync(symbol, now - FirstWindow, now, cancel);

    /// <summary>
    /// All rows the books may lack: everything that the exchange still has since they were last checked, or at all when there are no books
    /// yet (<paramref name="ledger"/> null) or when something is missing from them. Usually the first page is all, and nothing more is asked.
    /// </summary>
    public async Task<Result<IReadOnlyCollection<Trade>>> CompleteAsync(
        IReadOnlyList<Trade> firstPage, Ledger? ledger, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = new Dictionary<string, Trade>(StringComparer.Ordinal);
        var everything = ledger?.MustSearch(now) != false;
        var since = Later(everything ? DateTimeOffset.MinValue : ledger!.ReadFrom, now - Memory);
        var failure = await ReadWindowAsync(rows, ledger, firstPage, Later(now - FirstWindow, since), now, cancel);

        for (var end = now - FirstWindow; failure is null && end > since; end -= Window)
        {
            var start = Later(end - Window, since);
            failure = (await exchange.TradesAsync(symbol, start, end, cancel)).TryGet(out var page, out var refused)
                ? await ReadWindowAsync(rows, ledger, page, start, end, cancel)
                : refused;
        }
        return failure is null ? rows.Values : failure;
    }

    /// <summary>Follows a window's pages back in time until the rest is booked or there is no more.</summary>
    private async Task<Failure?> ReadWindowAsync(
        Dictionary<string, Trade> rows, Ledger? ledger, IReadOnlyList<Trade> page, DateTimeOffset start, DateTimeOffset end,
        CancellationToken cancel)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var booked = Booked(ledger, start, end);
        // A page of so many rows or more may have been cut.
        var limit = SmallestPageLimit;
        for (var pages = 1; pages <= MostPages; pages++)
        {
            limit = Math.Max(limit, page.Count);
            var whole = page.Count < limit;
            var found = page.Count(row => seen.Add(row.Id));
            // Rows from after the window say that the exchange pays it no heed: then every page is all there is.
            if (found == 0)
                return whole || page.Any(row => row.Time > EndOfSecond(end)) ? null : Crowded(page[0].Time);
            foreach (var row in page)
                rows.TryAdd(row.Id, row);
            if (whole && page.All(row => row.Time < start || booked.Contains(row.Id)) && booked.IsSubsetOf(seen))
                return null;

            var (oldest, newest) = (page.Min(row => row.Time), page.Max(row => row.Time));
            if (oldest < start)
                return null;
            // Asking again for an instant that fills a page would bring the same page. Asking past it tells whether the page was cut.
            var oneInstant = oldest == newest;
            if (oneInstant && !whole)
                return Crowded(oldest);
            end = Earlier(end, oneInstant ? oldest.AddMilliseconds(-1) : EndOfSecond(oldest));
            if (end < start)
                return null;
            if (!(await exchange.TradesAsync(symbol, start, end, cancel)).TryGet(out var next, out var failure))
                return failure;
            if (next.Any(row => !seen.Contains(row.Id)))
            {
                if (oneInstant)
                    return Crowded(oldest);
                limit = page.Count;
            }
            page = next;
        }
        return Failure.BadData($"the exchange's trade history did not end after {MostPages} pages");
    }

    private static HashSet<string> Booked(Ledger? ledger, DateTimeOffset start, DateTimeOffset end) => ledger is null ? [] : ledger.Recent
        .OfType<Trade>()
        .Where(trade => trade.Time >= start && trade.Time <= end)
        .Select(trade => trade.Id)
        .ToHashSet(StringComparer.Ordinal);

    private static Failure Crowded(DateTimeOffset instant) => Failure.BadData(
        $"more trades share {UtcText.Write(instant)} than the exchange puts on a page; the books cannot read past them");

    /// <summary>The exchange shows whole seconds, and may compare with the finer time that it does not show.</summary>
    private static DateTimeOffset EndOfSecond(DateTimeOffset time) =>
        time.Ticks % TimeSpan.TicksPerSecond == 0 ? time.AddMilliseconds(999) : time;

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
