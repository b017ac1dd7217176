using System.Globalization;
using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.PaperExchange.Accounts;
using Ballast.Server.Configuration;
using Ballast.Server.Store;
using Ballast.Server.Tasks;

namespace Ballast.Server.Paper;

/// <summary>How far the past of a paper account is.</summary>
/// <param name="Took">How long it took; null until it is there.</param>
public sealed record PastProgress(int Days, int Ticks, int AllTicks, int Orders, TimeSpan? Took = null);

/// <summary>
/// A past for whoever starts for the first time: months of ticks on the synthetic market, traded by the tick that goes on from there. The
/// account is prepared, the store is written in one transaction, and then the account is put in its place. Whatever interrupts this, the next
/// start finds an empty store and begins again, or a full one and does the last step.
/// </summary>
internal sealed class PaperPast(Settings settings, RedisConnection redis, TimeProvider clock, Action<PastProgress>? watch)
{
    /// <summary>What such ticks have in their names, and for a caller.</summary>
    private const string Play = "play";

    private const int TicksPerDay = 96;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    private readonly RedisStore store = new(redis, StoreKeys.Of(settings), settings.Symbol, settings.Store.HistoryLimit);

    /// <param name="begin">False completes what was interrupted, and no more.</param>
    /// <exception cref="IOException">The store cannot be had, or the account's directory; the message says what to do.</exception>
    public async Task EnsureAsync(bool begin, CancellationToken cancel)
    {
        var directory = BallastServer.AccountDirectory(settings.Store.DataDirectory);
        if (!(begin && settings.Paper.HistoryDays > 0) && !UnopenedAccount.IsPrepared(directory))
            return;
        using var account = UnopenedAccount.Find(directory);
        if (account is null)
            return;
        try
        {
            if (account.Prepared is { } prepared && await store.BooksOpenedAsync() == UtcText.Write(prepared.Opened))
                account.Open();
            else if (begin && settings.Paper.HistoryDays > 0 && await store.IsEmptyAsync())
                await RunAsync(account, cancel);
            else
                account.Discard();
        }
        catch (StoreUnavailableException outage)
        {
            throw new IOException(
                $"the paper account's past cannot be written, because the store cannot be used ({outage.Message}): start the store, or set {PaperSettings.HistoryDaysName}=0", outage);
        }
    }

    private async Task RunAsync(UnopenedAccount account, CancellationToken cancel)
    {
        var (began, days) = (clock.GetTimestamp(), settings.Paper.HistoryDays);
        var now = clock.GetUtcNow();
        var end = new DateTimeOffset(now.UtcTicks - now.UtcTicks % Every.Ticks, TimeSpan.Zero);
        var start = end.AddDays(-days);
        var past = Traded(start);
        var (ticks, orders) = (0, 0);
        for (var at = start; at <= end; at += Every)
        {
            cancel.ThrowIfCancellationRequested();
            var id = new TickId($"{TickRunner.Runtime}/{Play}/{UtcText.Write(at)}");
            var report = await past.RunAsync(new TickRequest(id, TickRunner.Runtime, Play, WithBooks: true), at);
            orders += report.Trading?.Finished.Count ?? 0;
            if (ticks++ % TicksPerDay == 0)
                watch?.Invoke(new PastProgress(days, ticks, days * TicksPerDay + 1, orders));
        }
        account.Prepare(past.Account);
        if (!await store.ImportAsync(Rested(past.Ticks), Line(days, start, now)))
        {
            // Somebody has begun to use the store meanwhile: what is theirs stays.
            account.Discard();
            return;
        }
        account.Open();
        watch?.Invoke(new PastProgress(days, ticks, ticks, orders, clock.GetElapsedTime(began)));
    }

    /// <summary>
    /// Trades whatever mode is configured, so that there is something to see; within limits of its own, because those of the owner are for what
    /// is to come. Nothing halts it: a halt would still stand today.
    /// </summary>
    private Backtest Traded(DateTimeOffset start)
    {
        var opening = PaperOpening.For(settings.Symbol, settings.Paper.Seed).TryGet(out var known, out var failure) ? known : throw new InvalidOperationException(failure.Reason);
        var cash = new Amount(opening.Balances[opening.Listings[0].Quote]);
        return new Backtest(opening, new TickOptions
        {
            Symbol = settings.Symbol,
            Mode = Mode.Auto,
            Policy = settings.Policy,
            OpeningCost = settings.Books.OpeningCost,
            Limits = new SafetyLimits { MaxOrderNotional = cash, MaxDailyNotional = cash + cash, MaxDrawdown = new Ratio(1), HaltAfterFailures = 0 },
        }, start);
    }

    /// <summary>What was traded in play today does not count against the owner's limits.</summary>
    private static IReadOnlyList<TickReport> Rested(IReadOnlyList<TickReport> ticks) => ticks[^1] is { Trading: { } after } last
        ? [.. ticks.SkipLast(1), last with { Trading = after with { State = after.State with { DayNotional = Amount.Zero, DayOrders = 0 } } }]
        : ticks;

    private StoredJournalLine Line(int days, DateTimeOffset start, DateTimeOffset now) => new(now.UtcDateTime, Change: new StoredChange(
        Play, string.Create(CultureInfo.InvariantCulture, $"{days} days of play"), "Ballast",
        $"ticks from {UtcText.Write(start)} on were run at the first start, on the synthetic market of seed {Decimals.Text(settings.Paper.Seed)}"));
}
