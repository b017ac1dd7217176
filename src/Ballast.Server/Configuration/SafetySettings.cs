using Ballast.Core.Trading;

namespace Ballast.Server.Configuration;

/// <summary>Reads the limits of orders.</summary>
internal static class SafetySettings
{
    internal const string MaxOrderNotionalName = "Ballast:Safety:MaxOrderNotional";
    internal const string MaxDailyNotionalName = "Ballast:Safety:MaxDailyNotional";

    internal static SafetyLimits Read(SettingsReader settings)
    {
        var absent = new SafetyLimits();
        return new SafetyLimits
        {
            MaxOrderNotional = settings.Optional(MaxOrderNotionalName, SettingFormat.AmountAboveZero),
            MaxDailyNotional = settings.Optional(MaxDailyNotionalName, SettingFormat.AmountAboveZero),
            MaxDailyOrders = settings.Value("Ballast:Safety:MaxDailyOrders", absent.MaxDailyOrders, SettingFormat.Whole(1, 1440, "orders a day, such as 48")),
            MinMinutesBetweenOrders = settings.Value(
                "Ballast:Safety:MinMinutesBetweenOrders", absent.MinMinutesBetweenOrders, SettingFormat.Whole(0, 1440, "minutes, such as 15")),
            MaxSpread = settings.Value("Ballast:Safety:MaxSpread", absent.MaxSpread, SettingFormat.Share),
            MaxSlippage = settings.Value("Ballast:Safety:MaxSlippage", absent.MaxSlippage, SettingFormat.Share),
            MaxPriceJump = settings.Value("Ballast:Safety:MaxPriceJump", absent.MaxPriceJump, SettingFormat.Share),
            MaxDrawdown = settings.Value("Ballast:Safety:MaxDrawdown", absent.MaxDrawdown, SettingFormat.Share),
            BaseReserve = settings.Value("Ballast:Safety:BaseReserve", absent.BaseReserve, SettingFormat.Quantity),
            QuoteReserve = settings.Value("Ballast:Safety:QuoteReserve", absent.QuoteReserve, SettingFormat.Amount),
            RequireProvenBooks = settings.Value("Ballast:Safety:RequireProvenBooks", absent.RequireProvenBooks, SettingFormat.Switch),
            HaltAfterFailures = settings.Value(
                "Ballast:Safety:HaltAfterFailures", absent.HaltAfterFailures, SettingFormat.Whole(0, 1000, "failed ticks in a row, such as 3, or 0 for never")),
            ProposalFence = settings.Value("Ballast:Safety:ProposalFence", absent.ProposalFence, SettingFormat.Share),
            MarketOrders = settings.Value("Ballast:Safety:MarketOrders", absent.MarketOrders, SettingFormat.Switch),
        };
    }
}
