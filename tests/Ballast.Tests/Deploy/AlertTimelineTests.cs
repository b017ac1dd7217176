using System.Text.Json.Nodes;

namespace Ballast.Tests.Deploy;

/// <summary>When the alert rules fire and when they do not, over hours of made-up samples, for a Ballast that is scraped and for one that pushes.</summary>
public class AlertTimelineTests
{
    private const int Hours = 4;
    private const int Minutes = Hours * 60;

    /// <summary>Minutes between ticks.</summary>
    private const int Beat = 15;

    internal sealed record Story(string Title, Timeline Samples, params JsonObject[] Expected)
    {
        public override string ToString() => Title;
    }

    private static readonly Story[] All =
    [
        new("scraped, and well", Scraped(), Timeline.Fires(1), Timeline.Fires(40), Timeline.Fires(Minutes)),
        new("pushed by a new process each tick, and well", Pushed(), Timeline.Fires(6), Timeline.Fires(44), Timeline.Fires(Minutes)),

        // The last good tick ends at minute 60. The next two would have been at 75 and 90.
        new("scraped, and the scheduler stops", Scraped(lastTick: 60),
            Timeline.Fires(94), Timeline.Fires(96, "ballast-no-tick[ballast]"), Timeline.Fires(Minutes, "ballast-no-tick[ballast]")),
        new("scraped, and one tick is missing", Scraped(ticks: minute => minute is < 60 or >= 75), Timeline.Fires(74), Timeline.Fires(80)),
        new("scraped, and the process dies", Scraped(until: 60),
            Timeline.Fires(64), Timeline.Fires(67, "ballast-scrape[ballast]"), Timeline.Fires(84, "ballast-scrape[ballast]"),
            Timeline.Fires(87, "ballast-gone", "ballast-scrape[ballast]"), Timeline.Fires(97, "ballast-gone", "ballast-no-tick[ballast]", "ballast-scrape[ballast]")),
        new("pushed, and the scheduler stops", Pushed(lastTick: 60),
            Timeline.Fires(84), Timeline.Fires(87, "ballast-gone"), Timeline.Fires(97, "ballast-gone", "ballast-no-tick[ballast]")),
        new("nothing was ever heard", new Timeline(), Timeline.Fires(4), Timeline.Fires(5, "ballast-gone", "ballast-no-tick")),
        new("new, and no tick ends well", Scraped(ticks: _ => false), Timeline.Fires(30), Timeline.Fires(36, "ballast-no-tick[ballast]")),
        new("one of two portfolios stops", Scraped().Add(Scraped("ballast-btc", lastTick: 60)), Timeline.Fires(96, "ballast-no-tick[ballast-btc]")),

        new("halted for an hour", Scraped(halted: minute => minute is >= 60 and < 120),
            Timeline.Fires(59), Timeline.Fires(61, "ballast-halted[ballast]"), Timeline.Fires(119, "ballast-halted[ballast]"), Timeline.Fires(121)),
        new("an order is unknown until the next tick", Scraped(unknown: minute => minute is >= 60 and < 75),
            Timeline.Fires(60), Timeline.Fires(62, "ballast-order-unknown[ballast]"), Timeline.Fires(76)),
        new("a trade is shown late", Scraped(unproven: minute => minute is >= 60 and < 75), Timeline.Fires(62), Timeline.Fires(75), Timeline.Fires(90)),
        new("the books stay unproven", Scraped(unproven: minute => minute >= 60), Timeline.Fires(80), Timeline.Fires(86, "ballast-books-unproven[ballast]")),
        new("pushed, and a trade is shown late", Pushed(unproven: minute => minute == 60), Timeline.Fires(70), Timeline.Fires(85), Timeline.Fires(90)),
        new("pushed, and the books stay unproven", Pushed(unproven: minute => minute >= 60), Timeline.Fires(88, "ballast-books-unproven[ballast]")),

        new("one tick in eight goes wrong", Scraped(outcome: tick => tick % 8 == 0 ? "partial" : "success"), Timeline.Fires(125), Timeline.Fires(Minutes)),
        new("every second tick goes wrong", Scraped(outcome: tick => tick % 2 == 0 ? "partial" : "success"), Timeline.Fires(125, "ballast-tick-errors[ballast]")),
        new("pushed, and every second tick goes wrong", Pushed(outcome: tick => tick % 2 == 0 ? "partial" : "success"), Timeline.Fires(125, "ballast-tick-errors[ballast]")),
        new("one call in ten to the exchange fails", Scraped().With(Calls("exchange", "unreachable"), minute => minute / 10), Timeline.Fires(120)),
        new("half of the calls to the exchange fail", Scraped().With(Calls("exchange", "unreachable"), minute => minute), Timeline.Fires(120, "ballast-exchange-errors[ballast]")),
        new("half of the calls to the store fail", Scraped().With(Calls("store", "error"), minute => minute), Timeline.Fires(120, "ballast-store-errors[ballast]")),
        new("a stranger calls once", Scraped().With(Refused, minute => minute < 60 ? 0 : 1), Timeline.Fires(62), Timeline.Fires(100)),
        new("the scheduler is refused", Scraped().With(Refused, minute => minute < 60 ? 0 : minute < 70 ? 4 : 8),
            Timeline.Fires(62, "ballast-auth-refusals[ballast]"), Timeline.Fires(125, "ballast-auth-refusals[ballast]"), Timeline.Fires(140)),
        new("Prometheus was down, and the refusals are old", Scraped().With(Refused, minute => minute is > 30 and < 150 ? null : 40),
            Timeline.Fires(150), Timeline.Fires(155), Timeline.Fires(Minutes)),
    ];

    private const string Refused = "ballast_auth_refusals_total{job=\"ballast\",reason=\"wrong audience\"}";

    public static TheoryData<string> Stories => [.. All.Select(story => story.Title)];

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Alerts_fire_when_they_should(string title)
    {
        var story = All.Single(story => story.Title == title);
        Assert.Equal("", await story.Samples.PlayAsync(Minutes, story.Expected));
    }

    /// <summary>A process that is scraped every minute, from the beginning until <paramref name="until"/>.</summary>
    private static Timeline Scraped(
        string job = "ballast", int until = Minutes, int lastTick = Minutes, Func<int, bool>? ticks = null, Func<int, bool>? halted = null,
        Func<int, bool>? unknown = null, Func<int, bool>? unproven = null, Func<int, string>? outcome = null)
    {
        bool Ticked(int minute) => minute <= lastTick && (ticks?.Invoke(minute) ?? true);
        string Outcome(int tick) => outcome?.Invoke(tick) ?? "success";
        decimal? Alive(int minute, decimal? value) => minute <= until ? value : null;
        int[] Ended(int minute) => [.. Enumerable.Range(0, minute / Beat + 1).Where(tick => Ticked(tick * Beat))];
        var timeline = new Timeline()
            .With($"up{{job=\"{job}\"}}", minute => minute <= until ? 1 : 0)
            .With($"ballast_build_info{{job=\"{job}\"}}", minute => Alive(minute, 1))
            .With($"ballast_tick_last_success_timestamp_seconds{{job=\"{job}\"}}", minute =>
                Alive(minute, Ended(minute).Where(tick => Outcome(tick) == "success").Select(tick => (decimal?)tick * Beat * 60).LastOrDefault()))
            .With($"ballast_halted{{job=\"{job}\"}}", minute => Alive(minute, halted?.Invoke(minute) == true ? 1 : 0))
            .With($"ballast_order_unsettled{{job=\"{job}\"}}", minute => Alive(minute, unknown?.Invoke(minute) == true ? 1 : 0))
            .With($"ballast_books_balanced{{job=\"{job}\"}}", minute => Alive(minute, unproven?.Invoke(minute) == true ? 0 : 1))
            .With(Calls("exchange", "ok", job), minute => Alive(minute, minute))
            .With(Calls("store", "ok", job), minute => Alive(minute, minute));
        foreach (var name in (string[])["success", "partial"])
            timeline.With($"ballast_ticks_total{{job=\"{job}\",outcome=\"{name}\"}}", minute => Alive(minute, Ended(minute).Count(tick => Outcome(tick) == name)));
        return timeline;
    }

    /// <summary>A new process for each tick, which is heard of once, and counts from 0.</summary>
    private static Timeline Pushed(int lastTick = Minutes, Func<int, bool>? unproven = null, Func<int, string>? outcome = null)
    {
        var timeline = new Timeline();
        for (var tick = 0; tick * Beat <= lastTick; tick++)
        {
            var (minute, came) = (tick * Beat, outcome?.Invoke(tick) ?? "success");
            var labels = $"job=\"ballast\",instance=\"{tick}\"";
            void Once(string name, decimal value) => timeline.With(name, at => at == minute ? value : null);
            Once($"ballast_build_info{{{labels}}}", 1);
            Once($"ballast_halted{{{labels}}}", 0);
            Once($"ballast_order_unsettled{{{labels}}}", 0);
            Once($"ballast_books_balanced{{{labels}}}", unproven?.Invoke(minute) == true ? 0 : 1);
            Once($"ballast_ticks_total{{{labels},outcome=\"{came}\"}}", 1);
            Once($"ballast_ticks_total{{{labels},outcome=\"{(came == "success" ? "partial" : "success")}\"}}", 0);
            if (came == "success")
                Once($"ballast_tick_last_success_timestamp_seconds{{{labels}}}", minute * 60);
        }
        return timeline;
    }

    private static string Calls(string of, string outcome, string job = "ballast") =>
        $"ballast_{of}_request_duration_seconds_count{{job=\"{job}\",outcome=\"{outcome}\"}}";
}
