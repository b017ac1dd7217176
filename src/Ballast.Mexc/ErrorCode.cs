using System.Collections.Frozen;

namespace Ballast.Mexc;

/// <summary>The exchange's error codes that mean something to a caller, and what the owner can do about the others.</summary>
public static class ErrorCode
{
    /// <summary>Nothing to cancel: the order is unknown, filled or cancelled already.</summary>
    public const int UnknownOrder = -2011;

    public const int InvalidSymbol = -1121;
    public const int TimestampOutsideWindow = 700003;

    private static readonly FrozenSet<int> Throttled = new[] { 429, 510 }.ToFrozenSet();

    // The exchange's own troubles: internal error, busy, unavailable, time-out, maintenance. None of them says that nothing happened.
    private static readonly FrozenSet<int> Trouble =
        new[] { -1000, -1001, -1003, -1006, -1007, 500, 501, 503, 504, 604, 801, 11444, 20002 }.ToFrozenSet();

    private const string Key = "check that the API key exists, has not expired and is written completely";
    private const string Secret = "check that the secret key is the one that belongs to the API key";
    private const string Clock = "this machine's clock is off or the connection is slow; turn on time synchronisation";
    private const string Address = "add this machine's IP address to the API key's white list on the exchange";
    private const string Permission = "give the API key the permissions it lacks: reading account and orders, and writing orders to trade";
    private const string Closed = "the exchange does not open this symbol to orders through its API; choose another symbol";
    private const string Paused = "trading in this symbol is paused; wait, or choose another symbol";
    private const string Limit = "this symbol takes no market orders; use limit orders";
    private const string Funds = "the free balance does not cover the order and its fee";
    private const string Spelling = "check the symbol's spelling; it is the exchange's own name, such as QRLUSDT";
    private const string Support = "the account may not trade; ask the exchange's support";
    private const string Size = "adjust the order's size to the symbol's limits";

    private static readonly FrozenDictionary<int, string> Fixes = new Dictionary<int, string>
    {
        [402] = Key,
        [1000] = Key,
        [10001] = Key,
        [10072] = "the API key was deleted or never existed; create a new one",
        [700001] = Key,
        [602] = Secret,
        [700002] = Secret,
        [10073] = Clock,
        [TimestampOutsideWindow] = Clock,
        [700005] = "set the receive window to at most 60 s",
        [406] = Address,
        [700006] = Address,
        [401] = Permission,
        [403] = Permission,
        [511] = Permission,
        [701] = Permission,
        [702] = Permission,
        [703] = Permission,
        [704] = Permission,
        [30020] = Permission,
        [700007] = Permission,
        [10007] = Closed,
        [30000] = Paused,
        [30001] = "the exchange allows only the other direction in this symbol at present",
        [30016] = Paused,
        [30018] = Support,
        [60005] = Support,
        [70011] = Support,
        [30019] = Limit,
        [30051] = Limit,
        [2005] = Funds,
        [10101] = Funds,
        [30004] = Funds,
        [30005] = Funds,
        [30002] = Size,
        [30003] = Size,
        [30014] = Spelling,
        [30021] = Spelling,
        [30029] = "too many orders are open; cancel some",
        [30087] = "the price is too far from the market; use one nearer to the last trade",
    }.ToFrozenDictionary();

    internal static bool IsThrottled(int? code) => code is { } number && Throttled.Contains(number);

    internal static bool IsTrouble(int? code) => code is { } number && Trouble.Contains(number);

    /// <summary>Whether the exchange turned a key away because it lacks a permission.</summary>
    public static bool IsPermission(int? code) => code is { } number && Fixes.GetValueOrDefault(number) == Permission;

    /// <summary>What the owner can do; null where nothing is obvious. Where one code means several things, the text decides.</summary>
    /// <param name="permission">The one that this very call needs; null for those that every key of Ballast's has to have.</param>
    internal static string? Fix(int? code, string text, string? permission = null) => code switch
    {
        InvalidSymbol when text.Contains("symbol", StringComparison.OrdinalIgnoreCase) => Spelling,
        30018 when text.Contains("market order", StringComparison.OrdinalIgnoreCase) => Limit,
        400 when text.Contains("scale", StringComparison.OrdinalIgnoreCase) => "the number has more decimals than the symbol allows",
        400 when text.Contains("api key", StringComparison.OrdinalIgnoreCase) => Key,
        { } number when permission is not null && Fixes.GetValueOrDefault(number) == Permission =>
            $"give the API key the permission {permission}",
        { } number => Fixes.GetValueOrDefault(number),
        null => null,
    };
}
