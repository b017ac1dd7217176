using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Trading;

namespace Ballast.Server.Configuration;

/// <summary>Where the paper exchange's prices come from.</summary>
public enum PaperMarket
{
    /// <summary>A seeded random walk.</summary>
    Synthetic,

    /// <summary>A file of recorded prices.</summary>
    Replay,

    /// <summary>The real exchange's public market data.</summary>
    Live,
}

/// <summary>The exchange that the server starts for itself when it trades on paper.</summary>
/// <param name="Port">Loopback port; 0 is any free one.</param>
/// <param name="Seed">The same seed gives the same market.</param>
/// <param name="Admin">Whether any program on this machine may switch faults on and off, deposit and withdraw. Never unless asked for.</param>
public sealed record PaperSettings(int Port, int Seed, PaperMarket Market, bool Admin = false)
{
    internal const string Section = "Ballast:Paper";
    internal const string AdminName = "Ballast:Paper:Admin";
    internal const string PortName = "Ballast:Paper:Port";
    internal const string MarketName = "Ballast:Paper:Market";
    internal const string FileName = "Ballast:Paper:File";
    internal const string SpeedName = "Ballast:Paper:Speed";
    internal const string LiveUrlName = "Ballast:Paper:LiveUrl";
    internal const string HistoryDaysName = "Ballast:Paper:HistoryDays";
    private const int UsualPort = 8090;

    /// <summary>Bytes; a candle a minute for ten years is less.</summary>
    private const long LargestFile = 512L * 1024 * 1024;

    private const int UsualHistoryDays = 90;
    private const int MostHistoryDays = 365;

    /// <summary>However fast the market is, a tick has to end before the next one begins.</summary>
    private static readonly TimeSpan ShortestDistance = TimeSpan.FromSeconds(5);

    private static readonly Uri UsualLiveUrl = new("https://api.mexc.com");

    /// <summary>Seconds of the market in one of ours; 1 on a live market.</summary>
    public decimal Speed { get; init; } = 1;

    /// <summary>
    /// Days of ticks that are run on the market's past where neither store nor account holds anything. 0 for none, and on any other market than
    /// a synthetic one.
    /// </summary>
    public int HistoryDays { get; init; }

    /// <summary>As the owner wrote it; null unless prices are replayed.</summary>
    public string? File { get; init; }

    /// <summary>What the file says; null unless it is replayed.</summary>
    public RecordedPrices? Prices { get; init; }

    /// <summary>The exchange whose market data a live market shows.</summary>
    public Uri LiveUrl { get; init; } = UsualLiveUrl;

    /// <summary>What takes so long in the market, in our time: in whole seconds, and never longer.</summary>
    public TimeSpan InOurs(TimeSpan marketTime)
    {
        if (Speed <= 1)
            return marketTime;
        var seconds = (long)(marketTime.Ticks / Speed) / TimeSpan.TicksPerSecond;
        return seconds > ShortestDistance.TotalSeconds ? TimeSpan.FromSeconds(seconds) : ShortestDistance;
    }

    /// <summary>The limits with their minutes and days counted in the market: a fast one would else be at rest for most of its day.</summary>
    public SafetyLimits InOurs(SafetyLimits limits) => Speed <= 1 ? limits : limits with
    {
        MaxDailyNotional = limits.MaxDailyNotional is { } most ? new Amount(most.Value < decimal.MaxValue / Speed ? most.Value * Speed : decimal.MaxValue) : null,
        MaxDailyOrders = (int)Math.Min(limits.MaxDailyOrders * Speed, int.MaxValue),
        MinMinutesBetweenOrders = (int)(limits.MinMinutesBetweenOrders / Speed),
    };

    /// <param name="exchange">The file is only read, and its absence only a mistake, on paper.</param>
    /// <param name="development">Whether there is a history unless something else is said.</param>
    internal static PaperSettings Read(SettingsReader settings, ExchangeKind exchange, bool development = false)
    {
        var market = settings.Value(MarketName, PaperMarket.Synthetic, SettingFormat.OneOf(
            ("synthetic", PaperMarket.Synthetic), ("replay", PaperMarket.Replay), ("live", PaperMarket.Live)));
        var hasFile = settings.TryRead(FileName, text => (Result<string>)text, out var file);
        var speed = settings.Value(SpeedName, 1, ParseSpeed);
        var days = settings.Value(
            HistoryDaysName, development && market == PaperMarket.Synthetic ? UsualHistoryDays : 0, SettingFormat.Whole(0, MostHistoryDays, "days such as 90, or 0 for none"));
        RefuseMismatch(settings, market, exchange);
        if (days > 0 && market != PaperMarket.Synthetic)
            settings.Refuse(HistoryDaysName, $"set, but only a synthetic market has a past to trade in; remove it, or set {MarketName}=synthetic");
        return new PaperSettings(
            settings.Value(PortName, UsualPort, SettingFormat.Port(UsualPort)),
            settings.Value("Ballast:Paper:Seed", 1, SettingFormat.Whole(0, int.MaxValue, "any number, such as 1")),
            market,
            settings.Value(AdminName, false, SettingFormat.Switch))
        {
            Speed = speed,
            HistoryDays = days,
            File = hasFile && market == PaperMarket.Replay ? file : null,
            Prices = hasFile && market == PaperMarket.Replay && exchange == ExchangeKind.Paper ? ReadPrices(settings, file) : null,
            LiveUrl = settings.Value(LiveUrlName, UsualLiveUrl, MexcKeys.ParseBaseUrl),
        };
    }

    private static void RefuseMismatch(SettingsReader settings, PaperMarket market, ExchangeKind exchange)
    {
        if (market == PaperMarket.Replay && exchange == ExchangeKind.Paper && !settings.Has(FileName))
            settings.Refuse(FileName, $"not set, and {MarketName}=replay needs it; set the path of a file of prices, such as prices.csv");
        if (market != PaperMarket.Replay && settings.Has(FileName))
            settings.Refuse(FileName, $"set, but only a replay reads it; remove it, or set {MarketName}=replay");
        if (market == PaperMarket.Live && settings.Has(SpeedName))
            settings.Refuse(SpeedName, $"set, but a live market has its own time; remove it, or set {MarketName} to synthetic or replay");
    }

    private static Result<decimal> ParseSpeed(string text) => Decimals.TryParse(text, out var speed) && speed is > 0 and <= MarketClock.Fastest
        ? speed
        : Failure.BadData($"'{text}' is not a speed above 0 and up to {MarketClock.Fastest}; write seconds of the market in one of ours, such as 60");

    private static RecordedPrices? ReadPrices(SettingsReader settings, string file)
    {
        try
        {
            if (new FileInfo(file).Length > LargestFile)
                settings.Refuse(FileName, $"'{file}' is larger than 512 MB; cut it, or write longer candles");
            else if (PriceFile.Read(Path.GetFileName(file), System.IO.File.ReadAllText(file), out var complaints) is { } prices)
                return prices;
            else
                complaints.ToList().ForEach(complaint => settings.Refuse(FileName, complaint));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            settings.Refuse(FileName, $"'{file}' cannot be read; write the path of a file that this program may read, from where it is started ({unreadable.Message})");
        }
        return null;
    }
}
