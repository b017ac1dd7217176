using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;

namespace Ballast.Simulation;

/// <summary>Mistakes in what is remembered.</summary>
internal static class StoreMutations
{
    public static readonly Mutation LeaseOfNoTime = new("lease-of-no-time", "a lease keeps nobody out")
    {
        StoreClient = (store, _) => new AlteredStore(store) { TakeLease = (inner, tick, holder, _) => inner.TakeLeaseAsync(tick, holder, TimeSpan.Zero) },
    };

    public static readonly IReadOnlyList<Mutation> All =
    [
        new("intent-not-recorded", "the order leaves without its intent on record")
        {
            StoreClient = (store, _) => new AlteredStore(store) { Begin = (_, _, _, _) => Task.FromResult(BeginAnswer.Begun) },
        },
        new("begin-fails-open", "a store that does not answer counts as one that has recorded")
        {
            StoreClient = (store, _) => new AlteredStore(store) { Begin = BegunAnyhow },
        },
        new("finish-forgotten", "what came of an order is never written by the tick that sent it")
        {
            StoreClient = (store, _) => new AlteredStore(store)
            {
                Finish = async (inner, lease, _) =>
                {
                    await inner.ReleaseAsync(lease);
                    return true;
                },
            },
        },
        new("halt-hidden", "a halt is neither read nor respected")
        {
            Store = (store, world) => new AlteredStore(store)
            {
                Read = state => With(state, trading => trading with { Halt = null }),
                Begin = async (inner, lease, report, rules) =>
                {
                    var halt = world.Trading.Halt;
                    world.Store.Change(trading => trading with { Halt = null });
                    var answer = await inner.BeginOrderAsync(lease, report, rules);
                    world.Store.Change(trading => trading with { Halt = trading.Halt ?? halt });
                    return answer;
                },
            },
        },
        new("halt-not-checked-again", "a halt is read at the start of a tick only")
        {
            Store = (store, world) => new AlteredStore(store)
            {
                Begin = async (inner, lease, report, rules) =>
                {
                    var halt = world.Trading.Halt;
                    world.Store.Change(trading => trading with { Halt = null });
                    var answer = await inner.BeginOrderAsync(lease, report, rules);
                    world.Store.Change(trading => trading with { Halt = trading.Halt ?? halt });
                    return answer;
                },
            },
        },
        new("epoch-ignored", "an overtaken tick may still write")
        {
            Store = (store, world) => new AlteredStore(store)
            {
                Commit = (inner, lease, report, rules) => inner.CommitAsync(lease with { Epoch = world.NewestEpoch }, report, rules),
                Begin = (inner, lease, report, rules) => inner.BeginOrderAsync(lease with { Epoch = world.NewestEpoch }, report, rules),
                Finish = (inner, lease, report) => inner.FinishOrderAsync(lease with { Epoch = world.NewestEpoch }, report),
            },
        },
        new("open-order-forgotten", "an order that is not settled is not remembered")
        {
            Store = (store, world) => new AlteredStore(store)
            {
                Read = state =>
                {
                    world.Store.Change(trading => trading with { Open = null, Known = Remembering(trading) });
                    return With(state, trading => trading with { Open = null, Known = Remembering(trading) });
                },
            },
        },
        new("repeats-run-again", "a finished tick runs again, and nobody remembers its order")
        {
            Store = (store, world) => new AlteredStore(store)
            {
                TakeLease = async (inner, tick, holder, lifetime) =>
                    await inner.TakeLeaseAsync(tick, holder, lifetime) is LeaseAnswer.Finished
                    && await inner.TakeLeaseAsync(new TickId($"{tick}#{world.NewestEpoch}"), holder, lifetime) is var again
                        ? again : await inner.TakeLeaseAsync(tick, holder, lifetime),
                Read = state => With(state, trading => trading with { Known = new HashSet<string>() }),
            },
            Exchange = (exchange, _) => new AlteredExchange(exchange) { ForgetsRecentOrders = true },
        },
        new("day-forgotten", "the sums of a day begin anew with every tick")
        {
            Store = (store, _) => new AlteredStore(store)
            {
                Read = state => With(state, trading => trading with { State = trading.State with { DayNotional = Core.Amount.Zero, DayOrders = 0 } }),
            },
        },
        new("mode-hidden", "a mode that the owner has lowered is not read")
        {
            Store = (store, _) => new AlteredStore(store) { Read = state => With(state, trading => trading with { Mode = null }) },
        },
        new("approval-invented", "a proposal counts as approved")
        {
            Store = (store, _) => new AlteredStore(store)
            {
                Read = state => With(state, trading => trading with { Proposal = trading.Proposal is { } proposal ? proposal with { ApprovedBy = "nobody" } : null }),
            },
        },
        new("books-read-stale", "now and then the books are read as they were before")
        {
            Store = (store, world) => new AlteredStore(store) { Read = state => Older(state, world) },
        },
    ];

    private static async Task<BeginAnswer> BegunAnyhow(IStore store, Lease lease, TickReport report, Core.SymbolRules? rules)
    {
        try
        {
            return await store.BeginOrderAsync(lease, report, rules);
        }
        catch (StoreUnavailableException)
        {
            return BeginAnswer.Begun;
        }
    }

    private static StoredState With(StoredState state, Func<StoredTrading, StoredTrading> change) =>
        state.Trading.TryGet(out var trading, out _) ? state with { Trading = change(trading) } : state;

    private static HashSet<string> Remembering(StoredTrading trading)
    {
        var known = trading.Known.ToHashSet(StringComparer.Ordinal);
        if (trading.Open is { } open)
            known.Add(open.ClientOrderId);
        return known;
    }

    private static StoredState Older(StoredState state, World world)
    {
        var before = world.Notes.GetValueOrDefault("books") as Ledger;
        world.Notes["books"] = state.Ledger.TryGet(out var now, out _) ? now : null;
        return before is not null && world.NewestEpoch % 5 == 0 ? state with { Ledger = before } : state;
    }
}
