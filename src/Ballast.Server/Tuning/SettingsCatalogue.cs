using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Core.Trading;
using Ballast.Server.Configuration;
using Ballast.Server.Tasks;

namespace Ballast.Server.Tuning;

/// <summary>Every setting that its owner may want to see, with what it does and where its value comes from. Secrets are not among them.</summary>
internal sealed class SettingsCatalogue(Settings settings, IConfiguration configuration)
{
    private static readonly IReadOnlyList<string> Switch = ["true", "false"];

    /// <param name="runtime">As the store has them, readable or not.</param>
    /// <param name="quote">The unit of amounts; null when it is not known yet.</param>
    public SettingsAnswer Of(IReadOnlyDictionary<string, string> runtime, string? coin, string? quote) =>
        new([.. Policies(runtime, quote), .. Safety(coin, quote), .. Others()], runtime);

    private IEnumerable<SettingAnswer> Policies(IReadOnlyDictionary<string, string> runtime, string? quote)
    {
        var (policy, usual) = (settings.Policy, Policy.Default);
        return
        [
            Laid("target_ratio", "Policy:TargetRatio", "ratio", $"{policy.TargetRatio}", $"{usual.TargetRatio}", null, null,
                "Share of the total value to hold in the coin."),
            Laid("threshold", "Policy:Threshold", "ratio", $"{policy.Threshold}", $"{usual.Threshold}", null, null,
                "Distance from the target, as a share of the total value, from which it is worth acting."),
            Laid("min_notional", "Policy:MinNotional", "amount", $"{policy.MinNotional}", $"{usual.MinNotional}", null, quote,
                "The same distance as an amount: below it nothing is traded."),
            Laid("rebalance_to", "Policy:RebalanceTo", "choice", TaskAnswer.Lower(policy.RebalanceTo), TaskAnswer.Lower(usual.RebalanceTo),
                ["target", "edge"], null,
                "How far an order brings the portfolio back: to the target, or only to where the distance is the threshold."),
            Laid("sides", "Policy:Sides", "choice", WordOf(policy.Sides), WordOf(usual.Sides), ["both", "buy-only", "sell-only"], null,
                "Which sides may be traded."),
        ];

        SettingAnswer Laid(
            string name, string key, string kind, string configured, string standard, IReadOnlyList<string>? choices, string? unit, string description)
        {
            var setting = Setting(name, "policy", key, kind, configured, standard, description, unit, choices) with { Changeable = true };
            return runtime.TryGetValue(name, out var over) ? setting with { Value = over, Configured = configured, Source = "runtime" } : setting;
        }
    }

    private IEnumerable<SettingAnswer> Safety(string? coin, string? quote)
    {
        var (limits, usual) = (settings.Safety, new SafetyLimits());
        return
        [
            Amount("max_order_notional", "MaxOrderNotional", limits.MaxOrderNotional?.ToString(), null, quote, "Largest value of one order."),
            Amount("max_daily_notional", "MaxDailyNotional", limits.MaxDailyNotional?.ToString(), null, quote, "Largest value of all orders of a UTC day."),
            Number("max_daily_orders", "MaxDailyOrders", limits.MaxDailyOrders, usual.MaxDailyOrders, "orders", "Most orders of a UTC day."),
            Number("min_minutes_between_orders", "MinMinutesBetweenOrders", limits.MinMinutesBetweenOrders, usual.MinMinutesBetweenOrders, "minutes",
                "Rest between two orders."),
            Share("max_spread", "MaxSpread", limits.MaxSpread, usual.MaxSpread, "Widest gap between bid and ask to trade across, as a share of the price."),
            Share("max_slippage", "MaxSlippage", limits.MaxSlippage, usual.MaxSlippage, "How far from the planned price an order may fill."),
            Share("max_price_jump", "MaxPriceJump", limits.MaxPriceJump, usual.MaxPriceJump,
                "Largest change of the price since the last tick that is traded on."),
            Share("max_drawdown", "MaxDrawdown", limits.MaxDrawdown, usual.MaxDrawdown, "Fall from the highest value at which trading halts."),
            Amount("base_reserve", "BaseReserve", $"{limits.BaseReserve}", $"{usual.BaseReserve}", coin, "Coins that are never sold."),
            Amount("quote_reserve", "QuoteReserve", $"{limits.QuoteReserve}", $"{usual.QuoteReserve}", quote, "Quote that is never spent."),
            Flag("require_proven_books", "safety", "Safety:RequireProvenBooks", limits.RequireProvenBooks, usual.RequireProvenBooks,
                "Whether books that do not balance stop trading."),
            Number("halt_after_failures", "HaltAfterFailures", limits.HaltAfterFailures, usual.HaltAfterFailures, "ticks",
                "So many failed ticks in a row halt trading; 0 never does."),
            Share("proposal_fence", "ProposalFence", limits.ProposalFence, usual.ProposalFence,
                "How far the price may have moved from a proposal's when it is carried out."),
            Flag("market_orders", "safety", "Safety:MarketOrders", limits.MarketOrders, usual.MarketOrders, "Whether orders are sent without a limit."),
        ];

        SettingAnswer Amount(string name, string key, string? value, string? standard, string? unit, string description) =>
            Setting(name, "safety", $"Safety:{key}", "amount", value, standard, description, unit);

        SettingAnswer Share(string name, string key, Ratio value, Ratio standard, string description) =>
            Setting(name, "safety", $"Safety:{key}", "ratio", $"{value}", $"{standard}", description);

        SettingAnswer Number(string name, string key, int value, int standard, string unit, string description) =>
            Setting(name, "safety", $"Safety:{key}", "integer", Decimals.Text(value), Decimals.Text(standard), description, unit);
    }

    private IEnumerable<SettingAnswer> Others()
    {
        yield return Setting(
            "mode", "mode", "Mode", "choice", TaskAnswer.Lower(settings.Mode), "observe",
            "The most that is allowed: plan only, propose and wait for the owner, or trade.", choices: ["observe", "approve", "auto"]);
        yield return Flag("schedule_enabled", "schedule", "Schedule:Enabled", settings.Schedule.Enabled, settings.IsDevelopment,
            "Whether this server runs ticks by its own clock.");
        yield return Setting(
            "every_minutes", "schedule", "Schedule:EveryMinutes", "integer", Decimals.Text(settings.Schedule.EveryMinutes), "15",
            "Distance of the ticks by the server's own clock.", "minutes");
        var (store, usual) = (settings.Store, new StoreSettings());
        yield return Setting("history_limit", "store", "Store:HistoryLimit", "integer", Decimals.Text(store.HistoryLimit), Decimals.Text(usual.HistoryLimit),
            "Plans, and points of the curve, that are kept.", "ticks");
        yield return Flag("hash_tags", "store", "Store:HashTags", store.HashTags, usual.HashTags, "Whether keys are written for a Redis Cluster.");
        if (store.Redis is null || settings.Exchange == ExchangeKind.Paper)
            yield return Setting("data_directory", "store", "Store:DataDirectory", "text", store.DataDirectory, usual.DataDirectory,
                "Folder of what is kept on this machine.");
        if (settings.Exchange != ExchangeKind.Paper)
            yield break;
        var paper = settings.Paper;
        yield return Setting("paper_market", "paper", "Paper:Market", "choice", TaskAnswer.Lower(paper.Market), "synthetic",
            "Where the prices of the paper exchange come from.", choices: ["synthetic", "replay", "live"]);
        yield return Setting("paper_seed", "paper", "Paper:Seed", "integer", Decimals.Text(paper.Seed), "1", "The same seed gives the same synthetic market.");
        yield return Setting("paper_speed", "paper", "Paper:Speed", "amount", Decimals.Text(paper.Speed), "1", "Seconds of the market in one of ours.");
        yield return Setting(
            "paper_history_days", "paper", "Paper:HistoryDays", "integer", Decimals.Text(paper.HistoryDays),
            settings.IsDevelopment && paper.Market == PaperMarket.Synthetic ? "90" : "0", "Days of play that a new paper account has behind it.", "days");
        yield return Flag("paper_admin", "paper", "Paper:Admin", paper.Admin, false, "Whether any program on this machine may make the paper exchange fail.");
    }

    private SettingAnswer Flag(string name, string group, string key, bool value, bool standard, string description) =>
        Setting(name, group, key, "boolean", value ? "true" : "false", standard ? "true" : "false", description, choices: Switch);

    private SettingAnswer Setting(
        string name, string group, string key, string kind, string? value, string? standard, string description,
        string? unit = null, IReadOnlyList<string>? choices = null)
    {
        var full = $"Ballast:{key}";
        return new SettingAnswer(
            name, full, group, value, standard, null, string.IsNullOrWhiteSpace(configuration[full]) ? "default" : "configuration", false,
            kind, choices, unit, description);
    }

    private static string WordOf(Sides sides) => sides switch { Sides.BuyOnly => "buy-only", Sides.SellOnly => "sell-only", _ => "both" };
}
