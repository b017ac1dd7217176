using Ballast.Core;
using Ballast.Core.Ticks;

namespace Ballast.Simulation;

/// <summary>A store of which some calls are replaced; each replacement is given the store that it stands before.</summary>
internal sealed class AlteredStore(IStore store) : PassingStore(store)
{
    public Func<IStore, TickId, string, TimeSpan, Task<LeaseAnswer>>? TakeLease { get; init; }

    /// <summary>What is made of the state that was read.</summary>
    public Func<StoredState, StoredState>? Read { get; init; }

    public Func<IStore, Lease, TickReport, SymbolRules?, Task<bool>>? Commit { get; init; }
    public Func<IStore, Lease, TickReport, SymbolRules?, Task<BeginAnswer>>? Begin { get; init; }
    public Func<IStore, Lease, TickReport, Task<bool>>? Finish { get; init; }

    public override Task<LeaseAnswer> TakeLeaseAsync(TickId tick, string holder, TimeSpan lifetime) =>
        TakeLease is { } other ? other(Store, tick, holder, lifetime) : base.TakeLeaseAsync(tick, holder, lifetime);

    public override async Task<StoredState> ReadAsync() => Read is { } other ? other(await base.ReadAsync()) : await base.ReadAsync();

    public override Task<bool> CommitAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember) =>
        Commit is { } other ? other(Store, lease, report, rulesToRemember) : base.CommitAsync(lease, report, rulesToRemember);

    public override Task<BeginAnswer> BeginOrderAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember) =>
        Begin is { } other ? other(Store, lease, report, rulesToRemember) : base.BeginOrderAsync(lease, report, rulesToRemember);

    public override Task<bool> FinishOrderAsync(Lease lease, TickReport report) =>
        Finish is { } other ? other(Store, lease, report) : base.FinishOrderAsync(lease, report);
}
