using Ballast.Core.Books;
using Ballast.Core.Planning;
using Ballast.Core.Trading;

namespace Ballast.Core.Ticks;

/// <summary>What is to be run, for whom.</summary>
/// <param name="Task"><c>15-min-job</c> or <c>rebalance-symmetric</c>; goes into the answer.</param>
/// <param name="Caller">How the caller proved itself; goes into the answer.</param>
/// <param name="WithBooks">False leaves the books untouched and unread.</param>
public sealed record TickRequest(TickId Id, string Task, string Caller, bool WithBooks);

public enum TickStatus
{
    Success,

    /// <summary>A step failed; its part says how, the rest stands.</summary>
    Partial,

    /// <summary>Nothing of use came out.</summary>
    Error,
}

/// <summary>All a tick found and decided; what is answered, stored and logged is read off this.</summary>
public sealed record TickReport
{
    public required TickRequest Request { get; init; }
    public required Mode Mode { get; init; }
    public required SymbolRules? Rules { get; init; }

    /// <summary>What the store held when the tick began; null in a report that no tick made.</summary>
    public StoredState? Before { get; init; }

    /// <summary>Null when the request asked to leave the books alone.</summary>
    public required Result<BooksAfter>? Books { get; init; }

    public required Result<Plan> Plan { get; init; }

    /// <summary>What the plan's price was made from; null when the exchange showed none.</summary>
    public Quote? Quote { get; init; }

    /// <summary>This tick's order, or why there is none although one was planned; null when nothing was to be traded, and in observe.</summary>
    public OrderReport? Order { get; init; }

    /// <summary>An order of an earlier tick whose outcome is known since this one.</summary>
    public OrderReport? Settled { get; init; }

    /// <summary>Whether trading was halted when this tick came, or while it was on its way; a halt of its own stands in <see cref="Trading"/>.</summary>
    public bool Halted { get; init; }

    /// <summary>What is to be remembered of orders; null when it could not be read, and then it is left alone.</summary>
    public TradingAfter? Trading { get; init; }

    public required DateTimeOffset Timestamp { get; init; }
    public required TimeSpan Duration { get; init; }

    public TickStatus Status => (Books?.Failure, Plan.Failure) switch
    {
        (null, null) => Order?.Outcome is OrderOutcome.Unknown or OrderOutcome.Rejected ? TickStatus.Partial : TickStatus.Success,
        (not null, not null) => TickStatus.Error,
        _ => TickStatus.Partial,
    };
}

/// <summary>What a tick leaves behind about orders.</summary>
public sealed record TradingAfter
{
    public required TradingState State { get; init; }

    /// <summary>The order that is not settled; null when there is none any more.</summary>
    public OrderIntent? Open { get; init; }

    /// <summary>What waits for its owner; null takes an older one away.</summary>
    public Proposal? Proposal { get; init; }

    /// <summary>Trading halts now; null changes nothing.</summary>
    public Halt? NewHalt { get; init; }

    /// <summary>The mode falls back now; null changes nothing.</summary>
    public ModeChange? NewMode { get; init; }

    /// <summary>Orders whose outcome is known since this tick.</summary>
    public IReadOnlyList<OrderReport> Finished { get; init; } = [];
}

/// <summary>How a tick ended, in order of precedence.</summary>
public abstract record TickOutcome
{
    private TickOutcome()
    {
    }

    /// <summary>The store could not be reached, or could not record; no order left.</summary>
    public sealed record StoreDown(string Reason) : TickOutcome;

    /// <summary>Another tick is running.</summary>
    public sealed record Busy(TimeSpan RetryAfter) : TickOutcome;

    /// <summary>A newer tick has taken over while this one was held up; nothing of this one was recorded.</summary>
    public sealed record Overtaken : TickOutcome;

    /// <summary>This run was finished before.</summary>
    /// <param name="Answer">What was answered then, as the store keeps it.</param>
    public sealed record Replayed(string Answer) : TickOutcome;

    /// <summary>Ran, and is recorded.</summary>
    public sealed record Finished(TickReport Report) : TickOutcome;
}
