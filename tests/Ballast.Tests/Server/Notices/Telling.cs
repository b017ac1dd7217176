using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Notices;
using Ballast.Tests.Core;
using Ballast.Tests.Server.Configuration;
using Ballast.Tests.Server.Store;

namespace Ballast.Tests.Server.Notices;

/// <summary>One portfolio's ticks and what is told of them; it remembers what was told, as the store does.</summary>
internal sealed class Telling(params (string Name, string? Value)[] settings)
{
    private readonly TickNews news = new(QrlUsdt.Symbol, Settings(settings));
    private readonly Dictionary<string, string> topics = [];
    private int ticks;

    public static readonly (string Name, string? Value)[] AWebhook =
        [("Ballast:Notify:Webhook:Url", "https://example.com/hook"), ("Ballast:Notify:Webhook:Secret", "a-secret-of-at-least-24-letters")];

    /// <summary>What concerns orders, as the next tick will find it.</summary>
    public StoredTrading Trading { get; set; } = StoredTrading.None;

    public DateTimeOffset Now { get; set; } = Sample.Noon;

    /// <param name="settings">Laid over those of a webhook.</param>
    public static NotifySettings Settings(params (string Name, string? Value)[] settings) => Configured.Settings(
        "Development", [.. AWebhook.Where(usual => !settings.Any(setting => setting.Name == usual.Name)), .. settings]).Notify!;

    /// <summary>A tick that goes well and does nothing, with what a test makes of it; a quarter of an hour later it is the next one's turn.</summary>
    public IReadOnlyList<Notice> Tick(Func<TickReport, TickReport>? with = null)
    {
        var report = Report(with);
        var told = news.Of(report);
        foreach (var (topic, value) in told.Topics)
            topics[topic] = value;
        Now = Now.AddMinutes(15);
        return told.Notices;
    }

    /// <summary>The report of the next tick, without running it.</summary>
    public TickReport Report(Func<TickReport, TickReport>? with = null)
    {
        var report = Sample.Report(Sample.Tick(ticks++), Sample.Books()) with
        {
            Rules = QrlUsdt.Rules,
            Mode = Mode.Auto,
            Timestamp = Now,
            Trading = new TradingAfter { State = TradingState.New },
            Before = new StoredState((Ledger?)null, Equity.None, new Dictionary<string, string>(), null, Trading) { Told = new Told(new Dictionary<string, string>(topics), 0) },
        };
        return with is null ? report : with(report);
    }

    public static OrderReport Order(OrderOutcome outcome, decimal quantity = 20, string reason = "") => new(
        outcome, "ballast-1", Side.Sell, OrderType.ImmediateOrCancel, new Quantity(quantity), new Price(2.475m),
        outcome is OrderOutcome.Filled ? new Quantity(quantity) : outcome is OrderOutcome.PartiallyFilled ? new Quantity(5) : Quantity.Zero,
        outcome is OrderOutcome.Filled or OrderOutcome.PartiallyFilled ? new Price(2.5m) : null,
        outcome is OrderOutcome.Filled ? 0.025m : null, reason, []);
}
