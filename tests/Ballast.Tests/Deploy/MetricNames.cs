namespace Ballast.Tests.Deploy;

/// <summary>What Ballast measures, by the names that Prometheus knows; a histogram by its own. QuestionTests holds this against a server.</summary>
internal static class MetricNames
{
    public static readonly IReadOnlyCollection<string> OfBallast =
    [
        "ballast_auth_refusals_total",
        "ballast_books_average_cost",
        "ballast_books_balanced",
        "ballast_books_profit",
        "ballast_books_realized_profit",
        "ballast_books_unrealized_profit",
        "ballast_build_info",
        "ballast_decisions_total",
        "ballast_exchange_request_duration_seconds",
        "ballast_guard_refusals_total",
        "ballast_halted",
        "ballast_mode",
        "ballast_order_unsettled",
        "ballast_orders_total",
        "ballast_plan_deviation_ratio",
        "ballast_plan_threshold_ratio",
        "ballast_portfolio_held_value",
        "ballast_portfolio_leg_value",
        "ballast_portfolio_value",
        "ballast_price",
        "ballast_store_request_duration_seconds",
        "ballast_tick_duration_seconds",
        "ballast_tick_last_success_timestamp_seconds",
        "ballast_ticks_total",
    ];

    /// <summary>Prometheus' own word on whether a scrape succeeded.</summary>
    public const string Up = "up";
}
