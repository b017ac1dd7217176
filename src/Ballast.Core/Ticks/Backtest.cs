using Ballast.Core.Paper;

namespace Ballast.Core.Ticks;

/// <summary>
/// The real tick over a stretch of a paper market's past, on a clock that stands still while a tick runs. The same opening, options and
/// times give the same trades to the last digit.
/// </summary>
public sealed class Backtest
{
    private readonly StandingClock clock;
    private readonly MatchingEngine engine;
    private readonly MemoryStore store;
    private readonly Tick tick;
    private long holders;

    /// <param name="opening">Its markets are asked for the times of the ticks.</param>
    /// <param name="start">When the account is opened; no tick is earlier.</param>
    public Backtest(PaperOpening opening, TickOptions options, DateTimeOffset start)
    {
        clock = new StandingClock(start);
        engine = new MatchingEngine(opening.Listings, opening.Balances, start);
        store = new MemoryStore(clock, render: _ => "");
        tick = new Tick(store, new InMemoryExchange(engine, clock), options, clock, () => Decimals.Text(++holders));
    }

    /// <summary>The account as the last tick left it.</summary>
    public PaperState Account => engine.State;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<TickReport> Ticks => store.History;

    /// <param name="at">Later than the tick before.</param>
    public async Task<TickReport> RunAsync(TickRequest request, DateTimeOffset at)
    {
        clock.Now = at;
        return await tick.RunAsync(request) is TickOutcome.Finished finished
            ? finished.Report : throw new InvalidOperationException($"{request.Id} did not finish, and nothing was in its way");
    }

    /// <summary>No deadline comes while the clock stands.</summary>
    private sealed class StandingClock(DateTimeOffset start) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = start;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.UtcTicks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Silent();

        private sealed class Silent : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
