using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;

namespace Ballast.Tests.Core.Ticks;

/// <summary>A store that can be lost at each of its steps.</summary>
internal sealed class OutageStore(IStore store) : IStore
{
    public enum Step
    {
        Lease,
        Read,

        /// <summary>Older entries, which few ticks need.</summary>
        ReadMore,
        Commit,
        Finish,
        Release,

        /// <summary>The write arrives, and the answer to it does not.</summary>
        AnswerToCommit,
    }

    /// <summary>Runs once, just before an order would be put on record.</summary>
    public Action? BeforeBegin { get; set; }

    /// <summary>Steps that end in an outage.</summary>
    public HashSet<Step> Lost { get; } = [];

    public async Task<LeaseAnswer> TakeLeaseAsync(TickId tick, string holder, TimeSpan lifetime)
    {
        Reach(Step.Lease);
        return await store.TakeLeaseAsync(tick, holder, lifetime);
    }

    public async Task<StoredState> ReadAsync()
    {
        Reach(Step.Read);
        return await store.ReadAsync();
    }

    public async Task<bool> CommitAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember)
    {
        Reach(Step.Commit);
        var written = await store.CommitAsync(lease, report, rulesToRemember);
        Reach(Step.AnswerToCommit);
        return written;
    }

    public async Task<BeginAnswer> BeginOrderAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember)
    {
        Reach(Step.Commit);
        BeforeBegin?.Invoke();
        BeforeBegin = null;
        var begun = await store.BeginOrderAsync(lease, report, rulesToRemember);
        Reach(Step.AnswerToCommit);
        return begun;
    }

    public async Task<bool> FinishOrderAsync(Lease lease, TickReport report)
    {
        Reach(Step.Finish);
        return await store.FinishOrderAsync(lease, report);
    }

    public async Task<bool> CommitBooksAsync(Lease lease, BooksAfter books, DateTimeOffset now)
    {
        Reach(Step.Commit);
        return await store.CommitBooksAsync(lease, books, now);
    }

    public async Task<bool> RestoreBooksAsync(Lease lease, BooksAfter books, IReadOnlyList<Entry> entries, DateTimeOffset now)
    {
        Reach(Step.Commit);
        return await store.RestoreBooksAsync(lease, books, entries, now);
    }

    public async Task<IReadOnlySet<string>> TradeIdsAsync(DateTimeOffset from, DateTimeOffset to)
    {
        Reach(Step.ReadMore);
        return await store.TradeIdsAsync(from, to);
    }

    public async Task<Result<Journal>> ReadJournalAsync()
    {
        Reach(Step.ReadMore);
        return await store.ReadJournalAsync();
    }

    public async Task ReleaseAsync(Lease lease)
    {
        Reach(Step.Release);
        await store.ReleaseAsync(lease);
    }

    private void Reach(Step step)
    {
        if (Lost.Contains(step))
            throw new StoreUnavailableException($"lost at {step}");
    }
}
