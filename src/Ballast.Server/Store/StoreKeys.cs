using Ballast.Core;
using Ballast.Core.Ticks;
using StackExchange.Redis;

namespace Ballast.Server.Store;

/// <summary>
/// The names under which one portfolio is kept: <c>bot:QRLUSDT:cost</c> and so on. With hash tags, <c>bot:{QRLUSDT}:cost</c>, which keeps
/// all of them on one slot of a Redis Cluster.
/// </summary>
public sealed class StoreKeys(Symbol symbol, bool hashTags)
{
    private readonly string prefix = hashTags ? $"bot:{{{symbol.Name}}}:" : $"bot:{symbol.Name}:";

    public RedisKey Cost => prefix + "cost";

    public RedisKey ProfitAndLoss => prefix + "pnl";

    public RedisKey Plan => prefix + "rebalance:plan";

    public RedisKey History => prefix + "rebalance:history";

    public RedisKey Trades => prefix + "trades:history";

    public RedisKey Settings => prefix + "settings";

    /// <summary>The exchange's rules for the pair, as JSON; expires after an hour.</summary>
    public RedisKey Rules => prefix + "rules";

    public RedisKey Lease => prefix + "lease";

    public RedisKey Epoch => prefix + "epoch";

    public RedisKey Answer(TickId tick) => prefix + "ticks:" + tick.Text;
}
