using System.Globalization;
using Ballast.Core;
using Ballast.Mexc;

namespace Ballast.Server.Diagnosis;

/// <summary>What our clock showed when the exchange's showed something else.</summary>
/// <param name="Ahead">By how much the exchange's clock is ahead of ours; known to half of the round trip.</param>
internal sealed record ClockReading(TimeSpan Ahead, TimeSpan RoundTrip);

/// <summary>The exchange itself, its clock, and the pair.</summary>
internal static class ExchangeChecks
{
    internal const string Synchronise = "turn time synchronisation on for this machine (timedatectl set-ntp true) and restart Ballast";

    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(1);

    /// <summary>The exchange's receive window: a request that is older is refused.</summary>
    private static readonly TimeSpan Refused = TimeSpan.FromSeconds(5);

    public static Finding Exchange(string where, Result<ClockReading> clock, bool paper) => clock.TryGet(out _, out var failure)
        ? Finding.Pass($"{where} answers")
        : Finding.Fail($"{where}: {failure.Reason}", paper
            ? "start the server, or wait a moment; on a live market, see that its prices can be had"
            : "see that this machine reaches it: curl https://api.mexc.com/api/v3/time; MEXC_BASE_URL must be its address, and some regions are shut out");

    public static Finding Clock(ClockReading clock)
    {
        // What the round trip leaves open is no fault of the clock's.
        var off = clock.Ahead.Duration();
        var surely = off - clock.RoundTrip / 2;
        if (surely < TimeSpan.Zero)
            return Finding.Pass($"this machine's clock and the exchange's agree to {Seconds(clock.RoundTrip / 2)} s");
        var where = clock.Ahead > TimeSpan.Zero ? "behind" : "ahead of";
        var figures = $"this machine's clock is {Seconds(off)} s {where} the exchange's (known to {Seconds(clock.RoundTrip / 2)} s)";
        return surely > Refused ? Finding.Fail($"{figures}: the first request is refused, and so is an order", Synchronise)
            : surely > Noticeable ? Finding.Warn($"{figures}: beyond 5 s, and 1 s when ahead, requests are refused", Synchronise)
            : Finding.Pass(figures);
    }

    /// <param name="listed">Whether the pair is among those that orders may come for through the API; null where that list cannot be had.</param>
    public static Finding Symbol(string symbol, Result<PairState> result, bool? listed)
    {
        const string Another = "choose another pair with Ballast__Symbol";
        if (!result.TryGet(out var pair, out var failure))
            return failure is { Kind: FailureKind.Rejected, Code: ErrorCode.InvalidSymbol }
                ? Finding.Fail(
                    $"the exchange does not list {symbol}",
                    "set Ballast__Symbol to the exchange's own name of the pair, such as QRLUSDT; it may also have been delisted")
                : failure.Kind == FailureKind.Rejected ? Finding.Fail($"the exchange refuses to show {symbol}: {failure.Reason}", Another)
                : Finding.Skip($"not to be judged: {failure.Reason}");
        if (pair.Status is not ("1" or "ENABLED"))
            return Finding.Fail(
                $"{symbol} is {(pair.Status == "2" ? "paused" : "offline")} (status {pair.Status ?? "missing"})",
                pair.Status == "2" ? $"wait until the exchange opens it again, or {Another}" : Another);
        if (!pair.OpenToApi)
            return Finding.Fail(
                $"the exchange takes no orders for {symbol} through its API (isSpotTradingAllowed is false)",
                $"{Another}; nobody but the exchange can open this one");
        if (listed == false)
            return Finding.Fail(
                $"{symbol} is not among the pairs that this account may trade through the API (selfSymbols): an order would be refused with 10007",
                $"{Another}, or ask the exchange to open it");
        var sides = pair.Sides switch { "2" => "only purchases", "3" => "only sales", _ => "no orders" };
        if (pair.Sides is not (null or "" or "1"))
            return Finding.Fail(
                $"the exchange takes {sides} for {symbol} at present (tradeSideType {pair.Sides})",
                $"wait until it takes both, or {Another}");
        return pair.Spot
            ? Finding.Pass(
                $"{symbol} is online and takes orders through the API, both ways{(listed == true ? "" : "; the list of such pairs could not be read")}")
            : Finding.Fail($"{symbol} is not traded on the spot market (its permissions lack SPOT)", Another);
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}
