using Ballast.Core.Ticks;
using Ballast.Server.Store;

namespace Ballast.Tests.Server.Store;

/// <summary>Everything once more on a Redis Cluster, with hash tags.</summary>
public sealed class ClusterStoreTests : RespStoreSuite, IClassFixture<ClusterFixture>
{
    private readonly ClusterFixture cluster;

    public ClusterStoreTests(ClusterFixture cluster)
        : base(cluster)
    {
        Needs.RedisServer();
        this.cluster = cluster;
    }

    [Fact]
    public async Task All_keys_of_a_portfolio_lie_in_one_slot()
    {
        var keys = NewRespPortfolio().Keys;
        var slots = await Task.WhenAll(
            new[] { keys.Cost, keys.ProfitAndLoss, keys.Plan, keys.History, keys.Trades, keys.Settings, keys.Rules, keys.Lease, keys.Epoch, keys.Answer(Sample.Tick(0)) }
                .Select(async key => (long)await cluster.Raw.ExecuteAsync("CLUSTER", "KEYSLOT", key)));
        Assert.Single(slots.Distinct());
    }

    [Fact]
    public async Task Without_hash_tags_a_cluster_is_refused_with_a_reason_and_not_written_to_in_part()
    {
        var symbol = Sample.NewSymbol();
        await using var connection = new RedisConnection(RedisConnection.Options("127.0.0.1", cluster.Port), TimeProvider.System);
        var store = new RedisStore(connection, new StoreKeys(symbol, hashTags: false), symbol, RespPortfolio.HistoryLimit);
        var outage = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.TakeLeaseAsync(Sample.Tick(0), "first", TimeSpan.FromMinutes(1)));
        Assert.Contains("slot", outage.Message, StringComparison.OrdinalIgnoreCase);
    }
}
