using Ballast.Core;
using Ballast.Core.Ticks;

namespace Ballast.Tests.Core.Ticks;

/// <summary>Ticks beside and after each other: lease, repeats, outages of the store, deadlines, overtaking.</summary>
public class TickFlightTests
{
    private const string Noon = "15-min-job/2026-01-01T12:00:00Z";

    private readonly TickBench bench = new();

    [Fact]
    public async Task Without_the_store_nothing_is_asked_of_the_exchange()
    {
        bench.Outages.Lost.Add(OutageStore.Step.Lease);
        var down = Assert.IsType<TickOutcome.StoreDown>(await bench.RunAsync());
        Assert.Equal("lost at Lease", down.Reason);
        Assert.Empty(bench.Exchange.Asked);
        Assert.Empty(bench.History);
    }

    [Theory]
    [InlineData(OutageStore.Step.Read)]
    [InlineData(OutageStore.Step.Commit)]
    public async Task A_store_lost_after_the_lease_ends_the_tick_unrecorded(object step)
    {
        bench.Outages.Lost.Add((OutageStore.Step)step);
        bench.Outages.Lost.Add(OutageStore.Step.Release);
        var down = Assert.IsType<TickOutcome.StoreDown>(await bench.RunAsync(Noon));
        Assert.Equal($"lost at {step}", down.Reason);
        Assert.Empty(bench.History);

        // It comes back; the lease that could not be given back runs out by itself, and the retry runs.
        bench.Outages.Lost.Clear();
        Assert.IsType<TickOutcome.Busy>(await bench.RunAsync(Noon));
        bench.Clock.Advance(bench.Options.LeaseLifetime);
        Assert.Equal(TickStatus.Success, (await bench.ReportAsync(Noon)).Status);
    }

    [Fact]
    public async Task A_store_lost_while_reading_is_not_waited_for_by_a_slow_exchange()
    {
        bench.Outages.Lost.Add(OutageStore.Step.Read);
        bench.Exchange.Silent.Add(FakeExchange.AskedQuote);
        bench.Exchange.Silent.Add(FakeExchange.AskedTrades);
        // No clock is moved: the answer comes at once.
        Assert.IsType<TickOutcome.StoreDown>(await bench.RunAsync().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_record_whose_confirmation_was_lost_is_found_by_the_retry()
    {
        bench.Outages.Lost.Add(OutageStore.Step.AnswerToCommit);
        Assert.IsType<TickOutcome.StoreDown>(await bench.RunAsync(Noon));
        bench.Outages.Lost.Clear();
        Assert.IsType<TickOutcome.Replayed>(await bench.RunAsync(Noon));
        Assert.Single(bench.History);
    }

    [Fact]
    public async Task A_repeat_gets_the_stored_answer_and_runs_nothing()
    {
        await bench.ReportAsync(Noon);
        var asked = bench.Exchange.Asked.Count;
        bench.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal($"{Noon} Success", Assert.IsType<TickOutcome.Replayed>(await bench.RunAsync(Noon)).Answer);
        Assert.Equal(asked, bench.Exchange.Asked.Count);
        Assert.Single(bench.History);
    }

    [Fact]
    public async Task A_tick_that_failed_in_part_is_finished()
    {
        bench.Exchange.Book = (2.5m, 2.6m, 2.5m);
        await bench.ReportAsync(Noon);
        Assert.Equal($"{Noon} Partial", Assert.IsType<TickOutcome.Replayed>(await bench.RunAsync(Noon)).Answer);
    }

    [Fact]
    public async Task A_tick_that_failed_whole_runs_again_when_it_is_retried()
    {
        bench.Exchange.BreakAll(Failure.Unavailable("down"));
        Assert.Equal(TickStatus.Error, (await bench.ReportAsync(Noon)).Status);
        bench.Exchange.Broken.Clear();
        Assert.Equal(TickStatus.Success, (await bench.ReportAsync(Noon)).Status);
        Assert.Equal([TickStatus.Error, TickStatus.Success], bench.History.Select(report => report.Status));
        Assert.IsType<TickOutcome.Replayed>(await bench.RunAsync(Noon));
    }

    [Fact]
    public async Task While_a_tick_runs_another_is_told_to_come_back()
    {
        var arrived = Hold();
        var first = bench.RunAsync(Noon);
        bench.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(TimeSpan.FromSeconds(40), Assert.IsType<TickOutcome.Busy>(await bench.RunAsync("15-min-job/manual/x")).RetryAfter);
        Assert.IsType<TickOutcome.Busy>(await bench.RunAsync(Noon));

        arrived.SetResult();
        TickBench.Reported(await first);
        Assert.Equal(TickStatus.Success, (await bench.ReportAsync("15-min-job/manual/x")).Status);
        Assert.Equal(2, bench.History.Count);
    }

    [Fact]
    public async Task Of_many_deliveries_at_once_one_runs()
    {
        var arrived = Hold();
        var all = Enumerable.Range(0, 200).Select(_ => Task.Run(() => bench.RunAsync(Noon))).ToArray();
        await Task.WhenAny(all);
        arrived.SetResult();
        var outcomes = await Task.WhenAll(all);

        Assert.Single(outcomes.OfType<TickOutcome.Finished>());
        Assert.All(outcomes, outcome => Assert.True(outcome is TickOutcome.Finished or TickOutcome.Busy or TickOutcome.Replayed));
        Assert.Single(bench.History);
    }

    [Fact]
    public async Task A_silent_exchange_is_given_up_on_at_the_deadline()
    {
        bench.Exchange.Silent.UnionWith(
            [FakeExchange.AskedBalances, FakeExchange.AskedQuote, FakeExchange.AskedTrades, FakeExchange.AskedRules]);
        var run = bench.RunAsync(Noon);
        bench.Clock.Advance(TimeSpan.FromMilliseconds(29_999));
        Assert.False(run.IsCompleted);
        bench.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var report = TickBench.Reported(await run.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.Equal(TickStatus.Error, report.Status);
        Assert.Equal(FailureKind.Unavailable, report.Plan.MustFail().Kind);
        Assert.Contains("within the tick's 30 s", report.Plan.MustFail().Reason, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(30), report.Duration);
        Assert.Single(bench.History);
    }

    [Fact]
    public async Task What_had_answered_before_the_deadline_is_of_use()
    {
        await bench.ReportAsync();
        bench.Exchange.Silent.Add(FakeExchange.AskedTrades);
        var run = bench.RunAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(30));
        var report = TickBench.Reported(await run.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));

        Assert.Contains("did not answer", report.Books!.Value.MustFail().Reason, StringComparison.Ordinal);
        // The quote had come at once, and is 30 s old by now.
        Assert.Contains("30 s old", report.Plan.MustFail().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_was_frozen_does_not_plan_on_the_quote_it_had()
    {
        bench.Exchange.Before[FakeExchange.AskedRules] = () =>
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(21));
            return Task.CompletedTask;
        };
        Assert.Contains("21 s old", (await bench.ReportAsync()).Plan.MustFail().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tick_that_a_newer_one_overtook_writes_nothing()
    {
        await bench.ReportAsync("15-min-job/before");
        var woken = Hold();
        var frozen = bench.RunAsync(Noon);
        bench.Clock.Advance(TimeSpan.FromSeconds(61));
        bench.Exchange.Fill(QrlUsdt.Sell(20, 2.6m, minute: 1));
        var newer = await bench.ReportAsync(Noon);
        var books = (await bench.StoredAsync()).Ledger.Must();

        woken.SetResult();
        Assert.IsType<TickOutcome.Overtaken>(await frozen);
        Assert.Same(newer, bench.History[^1]);
        Assert.Equal(2, bench.History.Count);
        Assert.Same(books, (await bench.StoredAsync()).Ledger.Must());
        Assert.Equal("80", books!.Current.Quantity.ToString());
    }

    [Fact]
    public async Task A_tick_that_was_overtaken_leaves_the_newer_ones_lease_alone()
    {
        var (firstWoken, secondWoken) = (Hold(), (TaskCompletionSource?)null);
        var first = bench.RunAsync("15-min-job/1");
        bench.Clock.Advance(TimeSpan.FromSeconds(61));
        secondWoken = Hold();
        var second = bench.RunAsync("15-min-job/2");

        firstWoken.SetResult();
        Assert.IsType<TickOutcome.Overtaken>(await first);
        Assert.IsType<TickOutcome.Busy>(await bench.RunAsync("15-min-job/3"));

        secondWoken.SetResult();
        Assert.Same(TickBench.Reported(await second), Assert.Single(bench.History));
    }

    [Fact]
    public async Task A_tick_that_ends_in_a_bug_gives_its_lease_back()
    {
        bench.Exchange.Before[FakeExchange.AskedBalances] = () => throw new InvalidOperationException("a bug");
        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.RunAsync(Noon));
        Assert.Equal(TickStatus.Success, (await bench.ReportAsync(Noon)).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_finished_tick_gives_its_lease_back_whatever_came_of_it(bool down)
    {
        if (down)
            bench.Exchange.BreakAll(Failure.Unavailable("down"));
        await bench.ReportAsync();
        Assert.IsType<TickOutcome.Finished>(await bench.RunAsync());
    }

    /// <summary>Keeps the next answer to the question for the quote back until it is let go.</summary>
    private TaskCompletionSource Hold()
    {
        var letGo = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Exchange.Before[FakeExchange.AskedQuote] = () => letGo.Task;
        return letGo;
    }
}
