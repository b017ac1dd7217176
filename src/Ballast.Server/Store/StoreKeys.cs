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

    /// <summary>Deposits, withdrawals, transfers and corrections, by time.</summary>
    public RedisKey Movements => prefix + "movements";

    /// <summary>Everything that was ever booked, in the order in which it was; only ever appended to.</summary>
    public RedisKey Journal => prefix + "journal";

    /// <summary>One point a tick, newest first.</summary>
    public RedisKey Equity => prefix + "equity";

    /// <summary>The first point of each hour, newest first: what is left of the curve when it is older than a month.</summary>
    public RedisKey EquityHourly => prefix + "equity:hourly";

    /// <summary>The point that profit is counted from.</summary>
    public RedisKey EquityStart => prefix + "equity:start";

    public RedisKey Settings => prefix + "settings";

    /// <summary>The exchange's rules for the pair, as JSON; expires after an hour.</summary>
    public RedisKey Rules => prefix + "rules";

    public RedisKey Lease => prefix + "lease";

    public RedisKey Epoch => prefix + "epoch";

    /// <summary>Where the contents that will take a key's place are put together.</summary>
    public static RedisKey Prepared(RedisKey key) => key.Append(":prepared");

    /// <summary>What all of them begin with.</summary>
    public override string ToString() => prefix;

    public RedisKey Answer(TickId tick) => prefix + "ticks:" + tick.Text;
}
