using Ballast.Core.Trading;

namespace Ballast.Core.Books;

/// <summary>
/// Reads every trade the books may lack from an exchange that answers newest first, cuts pages where it likes, keeps about a month, and
/// delivers rows late. Windows overlap what is already booked, and <see cref="Ledger.Add"/> takes each row once.
/// </summary>
public sealed class TradeHistory(IExchange exchange, Symbol symbol)
{
    /// <summary>What every tick reads, before it knows what the books hold; equal to how late a row may come.</summary>
    public static readonly TimeSpan FirstWindow = Ledger.Lateness;

    /// <summary>How far back the exchange still answers; it documents a month.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    /// <summary>The longest window asked for at once: some accounts were seen to get no more than a week.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);

    /// <summary>The smallest page limit the exchange documents: a shorter page has not been cut.</summary>
    private const int SmallestPageLimit = 100;

    private const int MostPages = 1000;

    /// <summary>The page that every tick reads, side by side with everything else.</summary>
    public Task<Result<IReadOnlyList<Trade>>> FirstPageAsync(DateTimeOffset now, CancellationToken cancel) =>
        exchange.TradesAsync(symbol, now - FirstWindow, now, cancel);

    /// <summary>
    /// All rows the books may lack: the rest of the first window, and what lies before it when the last complete reading is older, or
    /// when there are no books yet (<paramref name="ledger"/> null). Usually the first page is all, and nothing more is asked.
    /// </summary>
    public async Task<Result<IReadOnlyCollection<Trade>>> CompleteAsync(
        IReadOnlyList<Trade> firstPage, Ledger? ledger, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = new Dictionary<string, Trade>(StringComparer.Ordinal);
        var booked = ledger is null ? [] : ledger.Recent.Select(trade => trade.Id).ToHashSet(StringComparer.Ordinal);
        var failure = await ReadWindowAsync(rows, booked, firstPage, now - FirstWindow, now, cancel);

        var wanted = ledger is null ? now - Memory : Later(ledger.CheckedThrough - TimeSpan.FromHours(1), now - Memory);
        for (var end = now - FirstWindow; failure is null && end > wanted; end -= Window)
        {
            var start = Later(end - Window, wanted);
            failure = !(await exchange.TradesAsync(symbol, start, end, cancel)).TryGet(out var page, out var refused)
                ? refused
                : await ReadWindowAsync(rows, booked, page, start, end, cancel);
        }
        return failure is null ? rows.Values : failure;
    }

    /// <summary>Follows a window's pages back until one brings nothing new.</summary>
    private async Task<Failure?> ReadWindowAsync(
        Dictionary<string, Trade> rows, HashSet<string> booked, IReadOnlyList<Trade> page, DateTimeOffset start, DateTimeOffset end, CancellationToken cancel)
    {
        for (var pages = 1; pages <= MostPages; pages++)
        {
            var found = page.Where(row => rows.TryAdd(row.Id, row)).ToList();
            var cut = page.Count >= SmallestPageLimit;
            if (found.Count == 0)
                return cut && page.All(row => row.Time == page[0].Time)
                    ? Failure.BadData($"more trades share {page[0].Time:O} than the exchange puts on a page; the books cannot read past them")
                    : null;
            if (!cut && found.All(row => booked.Contains(row.Id)))
                return null;
            var oldest = page.Min(row => row.Time);
            if (oldest <= start)
                return null;
            end = Earlier(end, oldest);
            if (!(await exchange.TradesAsync(symbol, start, end, cancel)).TryGet(out var next, out var failure))
                return failure;
            page = next;
        }
        return Failure.BadData($"the exchange's trade history did not end after {MostPages} pages");
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
