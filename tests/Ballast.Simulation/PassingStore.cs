using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;

namespace Ballast.Simulation;

/// <summary>Passes everything on; what derives from it changes one thing.</summary>
internal abstract class PassingStore(IStore store) : IStore
{
    protected IStore Store => store;

    public virtual Task<LeaseAnswer> TakeLeaseAsync(TickId tick, string holder, TimeSpan lifetime) => store.TakeLeaseAsync(tick, holder, lifetime);

    public virtual Task<StoredState> ReadAsync() => store.ReadAsync();

    public virtual Task<bool> CommitAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember) =>
        store.CommitAsync(lease, report, rulesToRemember);

    public virtual Task<BeginAnswer> BeginOrderAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember) =>
        store.BeginOrderAsync(lease, report, rulesToRemember);

    public virtual Task<bool> FinishOrderAsync(Lease lease, TickReport report) => store.FinishOrderAsync(lease, report);

    public Task<bool> CommitBooksAsync(Lease lease, BooksAfter books, DateTimeOffset now) => store.CommitBooksAsync(lease, books, now);

    public Task<bool> RestoreBooksAsync(Lease lease, BooksAfter books, IReadOnlyList<Entry> entries, DateTimeOffset now) =>
        store.RestoreBooksAsync(lease, books, entries, now);

    public Task<IReadOnlySet<string>> TradeIdsAsync(DateTimeOffset from, DateTimeOffset to) => store.TradeIdsAsync(from, to);

    public Task<Result<Journal>> ReadJournalAsync() => store.ReadJournalAsync();

    public Task ReleaseAsync(Lease lease) => store.ReleaseAsync(lease);
}
