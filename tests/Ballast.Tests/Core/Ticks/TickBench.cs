using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Microsoft.Extensions.Time.Testing;

namespace Ballast.Tests.Core.Ticks;

/// <summary>One portfolio on a clock moved by hand: the example of the contract on a fake exchange, and a store that can be lost.</summary>
internal sealed class TickBench
{
    private int holders;
    private int runs;

    public TickBench(DateTimeOffset? start = null)
    {
        Clock = new FakeTimeProvider(start ?? QrlUsdt.Noon);
        Exchange = new FakeExchange(Clock);
        Store = new MemoryStore(Clock, report => $"{report.Request.Id} {report.Status}");
        Outages = new OutageStore(Store);
    }

    public FakeTimeProvider Clock { get; }
    public FakeExchange Exchange { get; }
    public MemoryStore Store { get; }
    public OutageStore Outages { get; }
    public TickOptions Options { get; set; } = new() { Symbol = QrlUsdt.Symbol };

    /// <summary>Every recorded tick, oldest first.</summary>
    public IReadOnlyList<TickReport> History => Store.History;

    /// <summary>Runs a tick as an instance of its own would.</summary>
    /// <param name="id">Null names the tick as no other.</param>
    public Task<TickOutcome> RunAsync(string? id = null, bool withBooks = true) => RunAsync(Exchange, id, withBooks);

    public Task<TickOutcome> RunAsync(IExchange exchange, string? id = null, bool withBooks = true)
    {
        var task = withBooks ? "15-min-job" : "rebalance-symmetric";
        var tick = new Tick(Outages, exchange, Options, Clock, () => $"holder-{Interlocked.Increment(ref holders)}");
        return tick.RunAsync(new TickRequest(new TickId(id ?? $"{task}/manual/{Interlocked.Increment(ref runs)}"), task, "OIDC", withBooks));
    }

    /// <summary>Runs a tick that is expected to be recorded.</summary>
    public async Task<TickReport> ReportAsync(string? id = null, bool withBooks = true) => Reported(await RunAsync(id, withBooks));

    /// <summary>What the store would tell the next tick.</summary>
    public async Task<StoredState> StoredAsync() => await Store.ReadAsync();

    public static TickReport Reported(TickOutcome outcome) => Assert.IsType<TickOutcome.Finished>(outcome).Report;
}
