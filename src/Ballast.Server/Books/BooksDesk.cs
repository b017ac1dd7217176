using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;

namespace Ballast.Server.Books;

/// <summary>
/// What an owner does with the books besides letting ticks keep them. Each change holds the lease, as a tick does, so that neither gets
/// into the other's way. Every call throws <see cref="StoreUnavailableException"/> when the store cannot be reached.
/// </summary>
/// <param name="newId">Makes ids that are unique over all instances.</param>
public sealed class BooksDesk(IStore store, TimeProvider clock, Func<string> newId)
{
    /// <summary>How long a rebuild may take; a million entries take seconds.</summary>
    private static readonly TimeSpan LeaseLifetime = TimeSpan.FromMinutes(2);

    /// <summary>Records what the books do not explain as a transfer or a correction.</summary>
    public Task<Result<BooksAfter>> ResolveAsync(Resolution resolution) => WithLeaseAsync<BooksAfter>(async (lease, state) =>
    {
        if (!Opened(state).TryGet(out var books, out var failure)
            || !resolution.Apply(books.Ledger, books.Equity, clock.GetUtcNow(), newId).TryGet(out var resolved, out failure))
            return failure;
        return await store.CommitBooksAsync(lease, resolved, clock.GetUtcNow()) ? resolved : Overtaken;
    });

    /// <summary>Compares the books with those that the journal makes. Nothing is changed.</summary>
    public Task<Result<Audit>> VerifyAsync() => WithLeaseAsync<Audit>(async (_, state) =>
    {
        if (!state.Ledger.TryGet(out var ledger, out var failure) || !(await store.ReadJournalAsync()).TryGet(out var journal, out failure))
            return failure;
        var indexed = await store.TradeIdsAsync(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        return Audit.Of(ledger, journal, indexed, clock.GetUtcNow());
    });

    /// <summary>Puts the books that the journal makes in the place of those in use. Whether they balance, the next tick says.</summary>
    public Task<Result<Ledger>> RebuildAsync() => WithLeaseAsync<Ledger>(async (lease, state) =>
    {
        if (!(await store.ReadJournalAsync()).TryGet(out var journal, out var failure))
            return failure;
        var (now, before) = (clock.GetUtcNow(), state.Ledger.TryGet(out var ledger, out _) ? ledger : null);
        if (journal.Rebuild(before, now) is not { } rebuilt)
            return Failure.BadData("the journal has no opening position to build on; the books are opened by the next tick");
        var equity = state.Equity.TryGet(out var ends, out _) ? ends : Equity.None;
        var books = new BooksAfter(rebuilt, ProfitAndLoss.At(equity.Last?.Price, rebuilt.Current), [], []) { Equity = equity };
        return await store.RestoreBooksAsync(lease, books, journal.Entries, now) ? rebuilt : Overtaken;
    });

    private static Failure Overtaken => Failure.Unavailable("a tick took over while this was under way; nothing was changed, so try again");

    private static Result<(Ledger Ledger, Equity Equity)> Opened(StoredState state) =>
        !state.Ledger.TryGet(out var ledger, out var failure) ? failure
        : !state.Equity.TryGet(out var equity, out failure) ? failure
        : ledger is not null ? (ledger, equity)
        : Failure.BadData("there are no books yet; the first tick opens them");

    private async Task<Result<T>> WithLeaseAsync<T>(Func<Lease, StoredState, Task<Result<T>>> work)
    {
        var id = newId();
        switch (await store.TakeLeaseAsync(new TickId($"books/manual/{id}"), id, LeaseLifetime))
        {
            case LeaseAnswer.Granted { Lease: var lease }:
                try
                {
                    return await work(lease, await store.ReadAsync());
                }
                finally
                {
                    await store.ReleaseAsync(lease);
                }
            case LeaseAnswer.Busy busy:
                return new Failure(FailureKind.Unavailable, "a tick is running; try again in a moment", RetryAfter: busy.RetryAfter);
            case var other:
                throw new InvalidOperationException($"no such lease answer: {other}");
        }
    }
}
