using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Server.Configuration;
using StackExchange.Redis;

namespace Ballast.Server.Store;

/// <summary>
/// The names under which one portfolio is kept: <c>bot:QRLUSDT:cost</c> and so on. With hash tags, <c>bot:{QRLUSDT}:cost</c>, which keeps
/// all of them on one slot of a Redis Cluster.
/// </summary>
public sealed class StoreKeys(Symbol symbol, bool hashTags)
{
    public static StoreKeys Of(Settings settings) => new(settings.Symbol, settings.Store.HashTags);

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

    /// <summary>The intent of an order whose outcome is not known.</summary>
    public RedisKey OpenOrder => prefix + "order:open";

    /// <summary>Settled orders, newest first.</summary>
    public RedisKey Orders => prefix + "orders";

    /// <summary>The ids of settled orders, by the time at which they were.</summary>
    public RedisKey OrderIds => prefix + "orders:ids";

    /// <summary>As long as it is there, whatever it holds, no order leaves.</summary>
    public RedisKey Halt => prefix + "halt";

    /// <summary>A mode below the configured one.</summary>
    public RedisKey Mode => prefix + "mode";

    /// <summary>An order that waits for its owner.</summary>
    public RedisKey Proposal => prefix + "proposal";

    /// <summary>What the guards remember from tick to tick.</summary>
    public RedisKey Trading => prefix + "trading";

    /// <summary>The public keys of the scheduler's issuer, sealed; expires after twelve hours.</summary>
    public RedisKey IssuerKeys => prefix + "issuer:keys";

    /// <summary>What was last told, by topic.</summary>
    public RedisKey Notices => prefix + "notices";

    /// <summary>Notices that are still to be delivered, by id.</summary>
    public RedisKey Outbox => prefix + "outbox";

    /// <summary>What each channel was sent this hour, and until when it is left alone.</summary>
    public RedisKey OutboxChannels => prefix + "outbox:channels";

    /// <summary>Who delivers; expires after ten seconds.</summary>
    public RedisKey OutboxClaim => prefix + "outbox:claim";
    /// <summary>Hashes of the passwords that let in.</summary>
    public RedisKey Operator => prefix + "operator";

    /// <summary>Who is signed in, by the digest of the session's id.</summary>
    public RedisKey Sessions => prefix + "sessions";

    public RedisKey Lease => prefix + "lease";

    public RedisKey Epoch => prefix + "epoch";

    /// <summary>All that lasts; where none of them is, no tick has run and nobody has set anything.</summary>
    public RedisKey[] Kept =>
    [
        Cost, ProfitAndLoss, Plan, History, Trades, Movements, Journal, Equity, EquityHourly, EquityStart,
        Settings, OpenOrder, Orders, OrderIds, Halt, Mode, Proposal, Trading,
    ];

    /// <summary>Where the contents that will take a key's place are put together.</summary>
    public static RedisKey Prepared(RedisKey key) => key.Append(":prepared");

    /// <summary>What all of them begin with.</summary>
    public override string ToString() => prefix;

    /// <summary>An update of Telegram's that was seen; expires after two days.</summary>
    public RedisKey TelegramUpdate(long update) => prefix + "telegram:" + update.ToString(System.Globalization.CultureInfo.InvariantCulture);
    /// <summary>Attempts to sign in, pauses after them, links: all of them expire.</summary>
    public RedisKey SignIn(string name) => prefix + "signin:" + name;

    public RedisKey Answer(TickId tick) => prefix + "ticks:" + tick.Text;
}
