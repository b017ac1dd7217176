using Ballast.Core;
using Ballast.Core.Ticks;

namespace Ballast.Tests.Core.Ticks;

/// <summary>A store that can be lost at each of its steps.</summary>
internal sealed class OutageStore(IStore store) : IStore
{
    public enum Step
    {
        Lease,
        Read,
        Commit,
        Release,

        /// <summary>The write arrives, and the answer to it does not.</summary>
        AnswerToCommit,
    }

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
