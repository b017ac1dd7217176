using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;

namespace Ballast.Simulation;

/// <summary>The store as an instance reaches it: over a wire. What fails may have been carried out all the same.</summary>
internal sealed class StoreLine(IStore store, Wire wire, Owner owner) : IStore
{
    public Task<LeaseAnswer> TakeLeaseAsync(TickId tick, string holder, TimeSpan lifetime) =>
        wire.SendAsync(Boundary.StoreWrite, new Topic("lease", tick.Text), () => store.TakeLeaseAsync(tick, holder, lifetime), null);

    public Task<StoredState> ReadAsync() => wire.SendAsync(Boundary.StoreRead, "state", store.ReadAsync, null);

    public Task<bool> CommitAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember) =>
        wire.SendAsync(Boundary.StoreWrite, new Topic("commit", Number: lease.Epoch), () => store.CommitAsync(lease, report, rulesToRemember), null);

    public Task<BeginAnswer> BeginOrderAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember)
    {
        owner.SeesAnOrderComing();
        return wire.SendAsync(Boundary.StoreWrite, new Topic("begin", Number: lease.Epoch), () => store.BeginOrderAsync(lease, report, rulesToRemember), null);
    }

    public Task<bool> FinishOrderAsync(Lease lease, TickReport report) =>
        wire.SendAsync(Boundary.StoreWrite, new Topic("finish", Number: lease.Epoch), () => store.FinishOrderAsync(lease, report), null);

    public Task<bool> CommitBooksAsync(Lease lease, BooksAfter books, DateTimeOffset now) =>
        wire.SendAsync(Boundary.StoreWrite, new Topic("books", Number: lease.Epoch), () => store.CommitBooksAsync(lease, books, now), null);

    public Task<bool> RestoreBooksAsync(Lease lease, BooksAfter books, IReadOnlyList<Entry> entries, DateTimeOffset now) =>
        wire.SendAsync(Boundary.StoreWrite, new Topic("restore", Number: lease.Epoch), () => store.RestoreBooksAsync(lease, books, entries, now), null);

    public Task<IReadOnlySet<string>> TradeIdsAsync(DateTimeOffset from, DateTimeOffset to) =>
        wire.SendAsync(Boundary.StoreRead, "trade ids", () => store.TradeIdsAsync(from, to), null);

    public Task<Result<Journal>> ReadJournalAsync() => wire.SendAsync(Boundary.StoreRead, "journal", store.ReadJournalAsync, null);

    public Task ReleaseAsync(Lease lease) => wire.SendAsync(Boundary.StoreWrite, new Topic("release", Number: lease.Epoch), async () =>
    {
        await store.ReleaseAsync(lease);
        return true;
    }, null);
}
