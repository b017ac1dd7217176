using Ballast.Core;

namespace Ballast.Server.Configuration;

/// <summary>
/// What an order must not exceed, whatever the plan says. The defaults suit a thin market and a small portfolio: each is tight enough to
/// stop a runaway and wide enough for an ordinary day of QRL/USDT.
/// </summary>
public sealed record SafetySettings
{
    internal const string MaxOrderNotionalName = "Ballast:Safety:MaxOrderNotional";
    internal const string MaxDailyNotionalName = "Ballast:Safety:MaxDailyNotional";

    /// <summary>Largest value of one order, in quote. Null is no limit given; no order may leave without one.</summary>
    public Amount? MaxOrderNotional { get; init; }

    /// <summary>Largest value of all orders of a UTC day, in quote. Null is no limit given; no order may leave without one.</summary>
    public Amount? MaxDailyNotional { get; init; }

    /// <summary>Rest between two orders, 0 to 1440; by default one regular tick. 0 is none.</summary>
    public int MinMinutesBetweenOrders { get; init; } = 15;

    /// <summary>Widest gap between bid and ask to trade across, as a share of the price.</summary>
    public Ratio MaxSpread { get; init; } = new(0.02m);

    /// <summary>How far from the planned price an order may fill.</summary>
    public Ratio MaxSlippage { get; init; } = new(0.01m);

    /// <summary>Largest change of the price between two ticks that is believed without the owner looking.</summary>
    public Ratio MaxPriceJump { get; init; } = new(0.10m);

    /// <summary>Fall of the total value from its highest at which trading stops.</summary>
    public Ratio MaxDrawdown { get; init; } = new(0.25m);

    /// <summary>Units of the coin that are never sold.</summary>
    public Quantity BaseReserve { get; init; }

    /// <summary>Units of the quote asset that are never spent.</summary>
    public Amount QuoteReserve { get; init; }

    internal static SafetySettings Read(SettingsReader settings)
    {
        var absent = new SafetySettings();
        return new SafetySettings
        {
            MaxOrderNotional = settings.Optional(MaxOrderNotionalName, SettingFormat.AmountAboveZero),
            MaxDailyNotional = settings.Optional(MaxDailyNotionalName, SettingFormat.AmountAboveZero),
            MinMinutesBetweenOrders = settings.Value(
                "Ballast:Safety:MinMinutesBetweenOrders",
                absent.MinMinutesBetweenOrders,
                SettingFormat.Whole(0, 1440, "minutes, such as 15")),
            MaxSpread = settings.Value("Ballast:Safety:MaxSpread", absent.MaxSpread, SettingFormat.Share),
            MaxSlippage = settings.Value("Ballast:Safety:MaxSlippage", absent.MaxSlippage, SettingFormat.Share),
            MaxPriceJump = settings.Value("Ballast:Safety:MaxPriceJump", absent.MaxPriceJump, SettingFormat.Share),
            MaxDrawdown = settings.Value("Ballast:Safety:MaxDrawdown", absent.MaxDrawdown, SettingFormat.Share),
            BaseReserve = settings.Value("Ballast:Safety:BaseReserve", absent.BaseReserve, SettingFormat.Quantity),
            QuoteReserve = settings.Value("Ballast:Safety:QuoteReserve", absent.QuoteReserve, SettingFormat.Amount),
        };
    }
}
