namespace Ballast.Mexc;

/// <summary>The exchange's time as far as we know it: our own, until the exchange has told us its own.</summary>
internal sealed class ExchangeClock(TimeProvider time)
{
    private long offsetTicks;

    public DateTimeOffset Now => Of(time.GetUtcNow());

    /// <summary>What the exchange's clock shows at a time of ours.</summary>
    public DateTimeOffset Of(DateTimeOffset ours) => ours.AddTicks(Interlocked.Read(ref offsetTicks));

    /// <summary>The exchange read its clock somewhere between our two moments; the middle is off by half the round trip at most.</summary>
    public void Learn(DateTimeOffset asked, DateTimeOffset exchangeTime, DateTimeOffset answered) =>
        Interlocked.Exchange(ref offsetTicks, (exchangeTime - asked).Ticks - (answered - asked).Ticks / 2);
}
