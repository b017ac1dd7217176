using System.Diagnostics.Metrics;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Notices;
using Ballast.Tests.Mexc;
using Ballast.Tests.Server.Store;
using Ballast.Tests.Server.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Ballast.Tests.Server.Notices;

/// <summary>
/// The outbox on a real store and channels that are servers of our own: slow, broken, or overrun. Time is moved by hand: nothing here waits for a
/// budget to pass.
/// </summary>
public sealed class CourierTests(GarnetFixture garnet) : IClassFixture<GarnetFixture>, IAsyncLifetime
{
    private const string Hook = "POST /hook";
    private const string Discord = "POST /discord";
    private static readonly TimeSpan Budget = global::Ballast.Server.Notices.Courier.Budget;
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider clock = new(Sample.Noon);
    private readonly ServiceProvider meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LogOfServer log = new();
    private RespPortfolio portfolio = null!;
    private StubExchange server = null!;
    private NotifySettings settings = null!;
    private Post post = null!;
    private int holders;
    private int ticks;

    public async ValueTask InitializeAsync()
    {
        server = (await StubExchange.StartAsync()).On(Hook, StubReply.Empty(200)).On(Discord, StubReply.Empty(204));
        (portfolio, post) = (garnet.NewPortfolio(), new Post(clock));
        Use();
    }

    public async ValueTask DisposeAsync()
    {
        // For whoever looks into a failure.
        foreach (var line in log.Lines)
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        post.Dispose();
        await meters.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task What_a_tick_leaves_is_delivered_to_every_channel_once()
    {
        await TickAsync();
        await Courier().DeliverAsync();
        await Courier().DeliverAsync();
        Assert.Equal((1, 1), (server.RequestsTo(Hook).Count, server.RequestsTo(Discord).Count));
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task A_channel_that_does_not_answer_is_left_at_the_end_of_the_budget_and_tried_again_by_the_next_tick()
    {
        server.On(Hook, StubReply.Silence(), StubReply.Empty(200));
        var taken = new TaskCompletionSource();
        using var counts = CountsOf(("discord", "sent"), taken.SetResult);
        await TickAsync();
        var delivering = Courier().DeliverAsync();
        await ArrivedAsync(Hook, 1);
        await taken.Task.WaitAsync(LongEnough, TestContext.Current.CancellationToken);
        Assert.False(delivering.IsCompleted);

        clock.Advance(Budget);
        await delivering.WaitAsync(LongEnough, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(async () => !await portfolio.Raw.KeyExistsAsync(portfolio.Keys.OutboxClaim), LongEnough, "the round did not end");
        Assert.Equal(1, await WaitingAsync());

        clock.Advance(TimeSpan.FromMinutes(15));
        await Courier().DeliverAsync();
        Assert.Equal((2, 1), (server.RequestsTo(Hook).Count, server.RequestsTo(Discord).Count));
        Assert.Single(server.RequestsTo(Hook).Select(request => request.Headers["Ballast-Notice-Id"]).Distinct());
        Assert.Equal(0, await WaitingAsync());
    }

    public static TheoryData<string, StubReply> Broken => new()
    {
        { "HTTP 500", StubReply.Empty(500) },
        { "HTTP 302: moved", StubReply.Empty(302).With("Location", "https://example.com/") },
        { "unreachable", StubReply.Drop() },
        { "HTTP 429", StubReply.Empty(429) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_channel_keeps_what_it_did_not_take_for_a_later_tick_and_says_so_in_one_line(string says, StubReply reply)
    {
        server.On(Hook, reply, StubReply.Empty(200));
        await TickAsync();
        await TickAsync();
        await Courier().DeliverAsync();

        // Whoever does not take one notice is not asked to take the next.
        Assert.Equal((1, 2), (server.RequestsTo(Hook).Count, server.RequestsTo(Discord).Count));
        Assert.Single(log.Lines, line => line.Contains($"webhook was not notified: {says}", StringComparison.Ordinal));
        await Courier().DeliverAsync();
        Assert.Single(server.RequestsTo(Hook));

        clock.Advance(TimeSpan.FromMinutes(1));
        await Courier().DeliverAsync();
        Assert.Equal((3, 2), (server.RequestsTo(Hook).Count, server.RequestsTo(Discord).Count));
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task A_channel_that_asks_to_be_left_alone_is()
    {
        server.On(Hook, StubReply.Empty(429).With("Retry-After", "3600"), StubReply.Empty(200));
        await TickAsync();
        await Courier().DeliverAsync();
        clock.Advance(TimeSpan.FromMinutes(59));
        await Courier().DeliverAsync();
        Assert.Single(server.RequestsTo(Hook));
        clock.Advance(TimeSpan.FromMinutes(1));
        await Courier().DeliverAsync();
        Assert.Equal(2, server.RequestsTo(Hook).Count);
    }

    [Fact]
    public async Task A_notice_that_a_channel_refuses_does_not_hold_up_the_next_and_is_given_up_after_some_tries()
    {
        server.On(Hook, StubReply.Empty(400), StubReply.Empty(200), StubReply.Empty(400));
        await TickAsync();
        await TickAsync();
        await Courier().DeliverAsync();
        Assert.Equal(2, server.RequestsTo(Hook).Count);
        for (var round = 0; round < 8; round++)
            await Courier().DeliverAsync();
        Assert.Equal(1 + Round.MostRefusals, server.RequestsTo(Hook).Count);
        Assert.Single(log.Lines, line => line.Contains("was never told, and is not tried any more", StringComparison.Ordinal));
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task What_nobody_takes_for_a_day_is_given_up_and_said_in_the_log()
    {
        server.On(Hook, StubReply.Empty(500));
        await TickAsync();
        for (var tick = 0; tick < 96; tick++)
        {
            await Courier().DeliverAsync();
            clock.Advance(TimeSpan.FromMinutes(15));
        }
        Assert.Equal(1, await WaitingAsync());
        await Courier().DeliverAsync();
        Assert.Equal(0, await WaitingAsync());
        Assert.Single(log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("webhook was never told", StringComparison.Ordinal));
        Assert.InRange(server.RequestsTo(Hook).Count, 20, 40);
    }

    [Fact]
    public async Task Two_instances_at_once_send_everything_and_nothing_twice()
    {
        var gate = new TaskCompletionSource();
        server.On(Hook, StubReply.Empty(200).After(gate.Task));
        await TickAsync();
        var first = Courier().DeliverAsync();
        await ArrivedAsync(Hook, 1);

        // The second comes while the first is at it, with a notice that the first has not seen.
        await TickAsync();
        var second = Courier(other: true).DeliverAsync();
        gate.SetResult();
        await first.WaitAsync(LongEnough, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(20));
            return Task.FromResult(second.IsCompleted);
        }, LongEnough, "the second did not end");
        Assert.Equal(2, server.RequestsTo(Hook).Select(request => request.Headers["Ballast-Notice-Id"]).Distinct().Count());
        Assert.Equal((2, 2), (server.RequestsTo(Hook).Count, server.RequestsTo(Discord).Count));
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task Whoever_was_frozen_while_delivering_marks_nothing_and_the_other_sends_again_under_the_same_id()
    {
        var gate = new TaskCompletionSource();
        server.On(Hook, StubReply.Empty(200).After(gate.Task), StubReply.Empty(200));
        await TickAsync();
        var frozen = Courier().DeliverAsync();
        await ArrivedAsync(Hook, 1);
        await portfolio.Raw.KeyDeleteAsync(portfolio.Keys.OutboxClaim);
        await Courier(other: true).DeliverAsync();
        gate.SetResult();
        await frozen.WaitAsync(LongEnough, TestContext.Current.CancellationToken);
        Assert.Equal(2, server.RequestsTo(Hook).Count);
        Assert.Single(server.RequestsTo(Hook).Select(request => request.Headers["Ballast-Notice-Id"]).Distinct());
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task Never_more_than_the_owner_wants_in_an_hour_and_the_rest_in_one()
    {
        Use(("Ballast:Notify:MaxPerHour", "3"));
        for (var tick = 0; tick < 10; tick++)
            await TickAsync();
        await Courier().DeliverAsync();
        Assert.Equal(4, server.RequestsTo(Hook).Count);
        Assert.Contains("and 7 more", server.RequestsTo(Hook)[^1].Body, StringComparison.Ordinal);
        Assert.Equal(0, await WaitingAsync());

        await TickAsync();
        await Courier().DeliverAsync();
        Assert.Equal((4, 1), (server.RequestsTo(Hook).Count, await WaitingAsync()));
        clock.Advance(TimeSpan.FromHours(1));
        await Courier().DeliverAsync();
        Assert.Equal((5, 0), (server.RequestsTo(Hook).Count, await WaitingAsync()));
    }

    [Fact]
    public async Task A_channel_that_wants_alarms_only_gets_no_other()
    {
        Use(("Ballast:Notify:Webhook:MinSeverity", "alarm"));
        await TickAsync();
        await TickAsync(OrderOutcome.Unknown);
        await Courier().DeliverAsync();
        Assert.Contains("what became of it is not known", Assert.Single(server.RequestsTo(Hook)).Body, StringComparison.Ordinal);
        Assert.Equal(2, server.RequestsTo(Discord).Count);
    }

    private void Use(params (string Name, string? Value)[] more) => settings = Telling.Settings(
        [("Ballast:Notify:Webhook:Url", $"{server.BaseUrl}hook"), ("Ballast:Notify:Discord:Url", $"{server.BaseUrl}discord"), .. more]);

    private Courier Courier(bool other = false) => new(
        portfolio.Outbox(settings, other), NoticeServices.Channels(settings), settings, post, new NoticeMeasures(meters.GetRequiredService<IMeterFactory>()), clock,
        () => $"holder-{Interlocked.Increment(ref holders)}", new LoggerFactory([log]).CreateLogger<Courier>());

    /// <summary>One that has something to tell which no other has told.</summary>
    private async Task TickAsync(OrderOutcome outcome = OrderOutcome.Filled)
    {
        var id = new TickId($"15-min-job/manual/{++ticks}");
        var report = new Telling().Report(tick => tick with
        {
            Request = tick.Request with { Id = id },
            Timestamp = clock.GetUtcNow(),
            Order = Telling.Order(outcome, 10 + ticks),
        });
        Assert.True(await portfolio.TellingStore(settings).CommitAsync(await portfolio.LeaseAsync(id), report, null));
    }

    /// <summary>Tells when a notice is counted: that it was answered can be seen nowhere else before the round is over.</summary>
    private MeterListener CountsOf((string Channel, string Outcome) wanted, Action counted)
    {
        var factory = meters.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "ballast.notices" && ReferenceEquals(instrument.Meter.Scope, factory))
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var seen = tags.ToArray();
            if (seen.Contains(new KeyValuePair<string, object?>("channel", wanted.Channel)) && seen.Contains(new KeyValuePair<string, object?>("outcome", wanted.Outcome)))
                counted();
        });
        listener.Start();
        return listener;
    }

    private Task ArrivedAsync(string route, int count) =>
        Eventually.TrueAsync(() => Task.FromResult(server.RequestsTo(route).Count == count), LongEnough, $"{route} was not called {count} times");

    private Task<long> WaitingAsync() => portfolio.Raw.HashLengthAsync(portfolio.Keys.Outbox);
}
