using Ballast.Core;
using Ballast.Core.Ticks;

namespace Ballast.Server.Notices;

/// <summary>
/// What a tick gives to tell: a pure function of its report, which holds what was told before. Called where the tick is written down, so that
/// what is told lies in the outbox together with what it is about, or neither does.
/// </summary>
internal sealed class TickNews(Symbol symbol, NotifySettings settings)
{
    private readonly SummaryNews summary = new(settings.SummaryHour, settings.Zone);

    public News Of(TickReport report)
    {
        var edition = new Edition(report, symbol);
        OrderNews.Write(edition);
        StandingNews.Write(edition);
        summary.Write(edition);
        return new News([.. edition.Notices.Where(notice => settings.Kinds.Contains(notice.Kind))], edition.Topics);
    }

    /// <summary>What was on record before the order left.</summary>
    public News BeforeOrder(TickReport report) => Of(report with { Order = null });

    /// <summary>What has come since: the same, less what was on record already.</summary>
    public News AfterOrder(TickReport report)
    {
        var (all, before) = (Of(report), BeforeOrder(report).Notices);
        return all with { Notices = [.. all.Notices.Where(notice => !before.Any(known => known.Id == notice.Id))] };
    }
}

/// <param name="Topics">What is to be remembered as told; only what has changed.</param>
internal sealed record News(IReadOnlyList<Notice> Notices, IReadOnlyDictionary<string, string> Topics);
