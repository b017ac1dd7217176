namespace Ballast.PaperExchange.Faults;

/// <summary>At which point of a request a fault comes in.</summary>
public enum FaultPoint
{
    /// <summary>The request waits, and is then carried out.</summary>
    Wait,

    /// <summary>The request is answered, or dropped, and not carried out.</summary>
    BeforeActing,

    /// <summary>The request is carried out, and its answer spoiled.</summary>
    AfterActing,

    /// <summary>The market or the rules of a pair are others than usual.</summary>
    Pair,

    /// <summary>What is recorded is shown otherwise than it is; the record itself stays as it is.</summary>
    View,
}

/// <summary>The one number that a fault may have.</summary>
/// <param name="Usual">When none is given; null when one must be.</param>
/// <param name="Whole">Whether fractions are refused.</param>
public sealed record FaultNumber(string Meaning, decimal Least, decimal Most, decimal? Usual, bool Whole);

/// <summary>A way in which an exchange fails. The order of <see cref="All"/> is that of precedence: of two that answer a request, the first does.</summary>
public sealed class FaultKind
{
    private const string Place = "POST order";

    private static readonly IReadOnlyList<string> Prices = ["ticker/price", "ticker/bookTicker", "depth", "avgPrice", "klines", Place];
    private static readonly IReadOnlyList<string> Rules = ["exchangeInfo", Place];

    public static readonly FaultKind Latency = new("latency", FaultPoint.Wait, "requests wait before they are carried out, even when the client has gone meanwhile")
    { Number = new("milliseconds", 1, 600_000, null, Whole: true) };

    public static readonly FaultKind Banned = new("banned", FaultPoint.BeforeActing, "HTTP 418 with Retry-After")
    { Number = new("seconds in Retry-After", 0, 259_200, 120, Whole: true) };

    public static readonly FaultKind TooManyRequests = new("too-many-requests", FaultPoint.BeforeActing, "HTTP 429 with Retry-After")
    { Number = new("seconds in Retry-After", 0, 259_200, 1, Whole: true) };

    public static readonly FaultKind Maintenance = new("maintenance", FaultPoint.BeforeActing, "HTTP 503 with the exchange's maintenance text")
    { TakesBody = true };

    public static readonly FaultKind ServerError = new("server-error", FaultPoint.BeforeActing, "HTTP 5xx, empty unless a body is given; nothing is carried out")
    { Number = new("HTTP status", 500, 599, 500, Whole: true), TakesBody = true };

    public static readonly FaultKind Drop = new("drop", FaultPoint.BeforeActing, "the connection breaks; nothing is carried out");

    public static readonly FaultKind Html = new("html", FaultPoint.BeforeActing, "an HTML page in place of JSON; nothing is carried out")
    { Number = new("HTTP status", 200, 599, 200, Whole: true), TakesBody = true };

    public static readonly FaultKind NoPermission = new("no-permission", FaultPoint.BeforeActing, "signed requests are refused with 700007, as for a key without the permission")
    { KeyedOnly = true };

    public static readonly FaultKind ErrorAfter = new("error-after", FaultPoint.AfterActing, "the request is carried out and answered with HTTP 5xx")
    { Number = new("HTTP status", 500, 599, 500, Whole: true), Calls = [Place], TakesBody = true };

    public static readonly FaultKind DropAfter = new("drop-after", FaultPoint.AfterActing, "the request is carried out and its answer is lost with the connection")
    { Calls = [Place] };

    public static readonly FaultKind Garbage = new("garbage", FaultPoint.AfterActing, "the request is carried out and its answer ends in the middle");

    public static readonly FaultKind Frozen = new("frozen", FaultPoint.Pair, "the market stands still while its time goes on") { Calls = Prices };

    public static readonly FaultKind Crash = new("crash", FaultPoint.Pair, "every price is multiplied by less than 1, for a minute unless told otherwise")
    { Number = new("factor", 0.01m, 0.99m, 0.7m, Whole: false), Calls = Prices, Lasts = TimeSpan.FromMinutes(1) };

    public static readonly FaultKind GapUp = new("gap-up", FaultPoint.Pair, "every price is multiplied by more than 1")
    { Number = new("factor", 1.01m, 100, 1.3m, Whole: false), Calls = Prices };

    public static readonly FaultKind WideSpread = new("wide-spread", FaultPoint.Pair, "bids and asks draw back from the last price")
    { Number = new("gap as a fraction of the last price", 0.001m, 1.5m, 0.1m, Whole: false), Calls = Prices };

    public static readonly FaultKind NoBids = new("no-bids", FaultPoint.Pair, "the market bids nothing") { Calls = Prices };

    public static readonly FaultKind NoAsks = new("no-asks", FaultPoint.Pair, "the market asks nothing") { Calls = Prices };

    public static readonly FaultKind HalfFills = new("half-fills", FaultPoint.Pair, "orders get a part of what they could")
    { Number = new("fraction of it", 0.01m, 0.99m, 0.5m, Whole: false), Calls = [Place] };

    public static readonly FaultKind Suspended = new("suspended", FaultPoint.Pair, "the pair is paused: orders are refused with 30016") { Calls = Rules };

    public static readonly FaultKind BuyOnly = new("buy-only", FaultPoint.Pair, "sells are refused with 30001") { Calls = Rules };

    public static readonly FaultKind SellOnly = new("sell-only", FaultPoint.Pair, "buys are refused with 30001") { Calls = Rules };

    public static readonly FaultKind NotForApi = new("not-for-api", FaultPoint.Pair, "orders of programs are refused with 10007") { Calls = Rules };

    public static readonly FaultKind NoMarketOrders = new("no-market-orders", FaultPoint.Pair, "MARKET orders are refused with 30051") { Calls = Rules };

    public static readonly FaultKind ClockSkew = new("clock-skew", FaultPoint.View, "the exchange's clock is off: its time, and what it takes for a fresh timestamp")
    { Number = new("milliseconds; negative is slow", -86_400_000, 86_400_000, null, Whole: true) };

    public static readonly FaultKind LateTrades = new("late-trades", FaultPoint.View, "myTrades does not show the youngest trades yet")
    { Number = new("seconds until they are shown", 1, 86_400, 60, Whole: false), Calls = ["myTrades"] };

    public static readonly FaultKind DoubleTrades = new("double-trades", FaultPoint.View, "myTrades shows every row twice") { Calls = ["myTrades"] };

    public static readonly FaultKind LateOrders = new("late-orders", FaultPoint.View, "a young order is asked for and not found (-2013)")
    { Number = new("seconds until it is found", 1, 86_400, 5, Whole: false), Calls = ["GET order"] };

    public static readonly FaultKind WithdrawalKey = new("withdrawal-key", FaultPoint.View, "the key may withdraw: cancelling a withdrawal is refused for want of one, and not of the permission")
    { Calls = ["DELETE capital/withdraw"] };

    public static readonly IReadOnlyList<FaultKind> All =
    [
        Latency,
        Banned, TooManyRequests, Maintenance, ServerError, Drop, Html, NoPermission,
        ErrorAfter, DropAfter, Garbage,
        Frozen, Crash, GapUp, WideSpread, NoBids, NoAsks, HalfFills, Suspended, BuyOnly, SellOnly, NotForApi, NoMarketOrders,
        ClockSkew, LateTrades, DoubleTrades, LateOrders, WithdrawalKey,
    ];

    private FaultKind(string name, FaultPoint point, string effect) => (Name, Point, Effect) = (name, point, effect);

    /// <summary>As it is written: lower case, words with hyphens.</summary>
    public string Name { get; }

    public FaultPoint Point { get; }

    /// <summary>What it does, in one clause.</summary>
    public string Effect { get; }

    /// <summary>Null when it has none.</summary>
    public FaultNumber? Number { get; private init; }

    /// <summary>
    /// The requests that it is about when nothing else is asked for, as <c>POST order</c> or, for any method, <c>account</c>; empty is all of
    /// them. A fault of a pair or a view counts these.
    /// </summary>
    public IReadOnlyList<string> Calls { get; private init; } = [];

    /// <summary>How long it lasts when nothing else is asked for; null is until it is cleared.</summary>
    public TimeSpan? Lasts { get; private init; }

    /// <summary>Whether what it answers may be given.</summary>
    public bool TakesBody { get; private init; }

    /// <summary>Whether requests without a key pass it by.</summary>
    public bool KeyedOnly { get; private init; }

    /// <summary>Whether it may be asked for on some calls only.</summary>
    public bool TakesCalls => Point is FaultPoint.Wait or FaultPoint.BeforeActing or FaultPoint.AfterActing;

    public override string ToString() => Name;
}
