using System.Globalization;
using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Notices;
using Ballast.Server.Store;
using Ballast.Tests.Core;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Ballast.Tests.Server.Store;

/// <summary>One portfolio in some store, with what tests must be able to do behind the store's back.</summary>
public abstract class Portfolio
{
    public abstract IStore Store { get; }

    /// <summary>The same portfolio as another instance of the server sees it.</summary>
    public abstract IStore OtherInstance { get; }

    public required Symbol Symbol { get; init; }

    /// <summary>Sets an override of the policy, as its owner would.</summary>
    public abstract Task SetAsync(string setting, string value);

    /// <summary>Halts trading, as its owner would.</summary>
    public abstract Task HaltAsync();

    public abstract Task<int> HistoryLengthAsync();

    /// <summary>Returns when a lease taken for so long before has run out.</summary>
    public abstract Task LeaseRunsOutAsync(TimeSpan lifetime);

    /// <summary>Everything that is kept, as text.</summary>
    public abstract Task<string> ContentAsync();

    public async Task<Lease> LeaseAsync(TickId tick, string holder = "first") =>
        Assert.IsType<LeaseAnswer.Granted>(await Store.TakeLeaseAsync(tick, holder, TimeSpan.FromMinutes(1))).Lease;

    /// <summary>A whole tick of the store's part: lease, then commit.</summary>
    public async Task RunAsync(TickReport report, SymbolRules? rulesToRemember = null) =>
        Assert.True(await Store.CommitAsync(await LeaseAsync(report.Request.Id), report, rulesToRemember));
}

public sealed class MemoryPortfolio : Portfolio
{
    private readonly FakeTimeProvider clock = new(Sample.Noon);
    private readonly MemoryStore store;

    public MemoryPortfolio() => store = new MemoryStore(clock, report => report.Request.Id.Text);

    public override IStore Store => store;

    public override IStore OtherInstance => store;

    public override Task SetAsync(string setting, string value)
    {
        store.Set(setting, value);
        return Task.CompletedTask;
    }

    public override Task HaltAsync()
    {
        store.Change(trading => trading with { Halt = new Halt(null, "hand", "holidays") });
        return Task.CompletedTask;
    }

    public override Task<int> HistoryLengthAsync() => Task.FromResult(store.History.Count);

    public override Task LeaseRunsOutAsync(TimeSpan lifetime)
    {
        clock.Advance(lifetime);
        return Task.CompletedTask;
    }

    public override async Task<string> ContentAsync()
    {
        var state = await store.ReadAsync();
        Assert.True(state.Ledger.TryGet(out var ledger, out _));
        return string.Join('\n', [.. store.History.Select(report => report.Request.Id.Text), $"{ledger}", .. state.Settings.Select(set => $"{set}"), $"{state.Rules}",
            $"{state.Trading.Must()}", .. store.Orders.Select(order => $"{order}")]);
    }
}

/// <summary>A portfolio behind the Redis protocol.</summary>
public sealed class RespPortfolio(IDatabase raw, RedisConnection first, RedisConnection second, bool hashTags) : Portfolio
{
    /// <summary>How many plans these portfolios keep.</summary>
    public const int HistoryLimit = 5;

    public IDatabase Raw => raw;

    public StoreKeys Keys => new(Symbol, hashTags);

    public RedisArchive Archive => new(first, Keys);

    public override IStore Store => new RedisStore(first, Keys, Symbol, HistoryLimit);

    public override IStore OtherInstance => new RedisStore(second, Keys, Symbol, HistoryLimit);

    /// <summary>The outbox of an instance whose ticks tell what these settings say.</summary>
    internal Outbox Outbox(NotifySettings? settings, bool other = false) => new(other ? second : first, Keys, Symbol, settings is null ? null : new TickNews(Symbol, settings));

    /// <summary>The store of such an instance.</summary>
    internal IStore TellingStore(NotifySettings settings) => new RedisStore(first, Keys, Symbol, HistoryLimit, Outbox(settings));

    /// <summary>What an owner sets, told where somebody is notified.</summary>
    internal RedisControls Controls(bool always) => new(first, Keys, new ControlNews(Outbox(settings: null), always));

    public override Task SetAsync(string setting, string value) => raw.HashSetAsync(Keys.Settings, setting, value);

    public override Task HaltAsync() => raw.HashSetAsync(Keys.Halt, [new("by", "hand"), new("reason", "holidays")]);

    public override async Task<int> HistoryLengthAsync() => (int)await raw.ListLengthAsync(Keys.History);

    public override Task LeaseRunsOutAsync(TimeSpan lifetime) => Eventually.TrueAsync(
        async () => !await raw.KeyExistsAsync(Keys.Lease), lifetime + TimeSpan.FromSeconds(5), "the lease had not run out");

    public override async Task<string> ContentAsync()
    {
        RedisKey[] all =
        [
            Keys.Cost, Keys.ProfitAndLoss, Keys.Plan, Keys.History, Keys.Trades, Keys.Movements, Keys.Journal, Keys.Equity, Keys.EquityHourly,
            Keys.EquityStart, Keys.Settings, Keys.Rules, Keys.Lease, Keys.Epoch, Keys.OpenOrder, Keys.Orders, Keys.OrderIds, Keys.Halt, Keys.Mode,
            Keys.Proposal, Keys.Trading, Keys.Notices, Keys.Outbox, Keys.OutboxChannels, .. Enumerable.Range(0, 4).Select(number => Keys.Answer(Sample.Tick(number))),
        ];
        var lines = new List<string>();
        foreach (var key in all)
            lines.Add($"{key} {string.Join(' ', await ContentAsync(key))}");
        return string.Join('\n', lines);
    }

    private async Task<IEnumerable<string>> ContentAsync(RedisKey key) => await raw.KeyTypeAsync(key) switch
    {
        RedisType.None => [],
        RedisType.String => [$"{await raw.StringGetAsync(key)}"],
        RedisType.Hash => (await raw.HashGetAllAsync(key)).Select(field => $"{field}").Order(StringComparer.Ordinal),
        RedisType.List => (await raw.ListRangeAsync(key)).Select(member => $"{member}"),
        RedisType.SortedSet => (await raw.SortedSetRangeByRankWithScoresAsync(key)).Select(member => string.Create(CultureInfo.InvariantCulture, $"{member.Element}@{member.Score}")),
        var other => throw new InvalidOperationException($"{key} is a {other}"),
    };
}
