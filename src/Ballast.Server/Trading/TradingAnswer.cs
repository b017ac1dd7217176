using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Tasks;

namespace Ballast.Server.Trading;

/// <summary>Where trading stands.</summary>
public sealed record TradingAnswer
{
    /// <summary>What counts: the configured mode, or a lower one that was set since. Absent where the configuration is not known.</summary>
    public string? Mode { get; init; }

    public string? ConfiguredMode { get; init; }

    /// <summary>A mode that was set while the program ran; absent when there is none.</summary>
    public ModeAnswer? SetMode { get; init; }

    /// <summary>Absent when trading is not halted.</summary>
    public HaltAnswer? Halt { get; init; }

    /// <summary>An order that waits for its owner; absent when none does.</summary>
    public ProposalAnswer? Proposal { get; init; }

    /// <summary>An order whose outcome is not known; absent when there is none.</summary>
    public OpenOrderAnswer? OpenOrder { get; init; }

    public DateTime? LastOrderAt { get; init; }
    public required decimal DayNotional { get; init; }
    public required int DayOrders { get; init; }

    /// <summary>Failed ticks in a row.</summary>
    public required int Failures { get; init; }

    /// <summary>The settings that are laid over the configuration.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    public static TradingAnswer From(StoredTrading trading, Mode? configured, IReadOnlyDictionary<string, string> settings) => new()
    {
        Mode = configured is { } most ? TaskAnswer.Lower(trading.Mode is { } set && set.Mode < most ? set.Mode : most) : null,
        ConfiguredMode = configured is { } mode ? TaskAnswer.Lower(mode) : null,
        SetMode = trading.Mode is { } change ? new ModeAnswer(TaskAnswer.Lower(change.Mode), TaskAnswer.ToMilliseconds(change.At), change.By, change.Reason) : null,
        Halt = trading.Halt is { } halt ? new HaltAnswer(halt.Since is { } since ? TaskAnswer.ToMilliseconds(since) : null, halt.By, halt.Reason) : null,
        Proposal = trading.Proposal is { } proposal ? ProposalAnswer.From(proposal) : null,
        OpenOrder = trading.Open is { } open ? OpenOrderAnswer.From(open) : null,
        LastOrderAt = trading.State.LastOrderAt is { } last ? TaskAnswer.ToMilliseconds(last) : null,
        DayNotional = Decimals.Trim(trading.State.DayNotional.Value),
        DayOrders = trading.State.DayOrders,
        Failures = trading.State.Failures,
        Settings = settings,
    };
}

public sealed record ModeAnswer(string Mode, DateTime At, string By, string Reason);

/// <param name="Since">Absent when whoever halted did not say.</param>
public sealed record HaltAnswer(DateTime? Since, string By, string Reason);

/// <param name="Side"><c>BUY</c> or <c>SELL</c>.</param>
/// <param name="ApprovedBy">Absent as long as nobody has.</param>
public sealed record ProposalAnswer(string Tick, string Side, decimal Quantity, decimal Price, DateTime At, DateTime Expires, string? ApprovedBy)
{
    public static ProposalAnswer From(Proposal proposal) => new(
        proposal.Tick,
        proposal.Side == Core.Books.Side.Buy ? "BUY" : "SELL",
        Decimals.Trim(proposal.Quantity.Value),
        Decimals.Trim(proposal.Price.Value),
        TaskAnswer.ToMilliseconds(proposal.At),
        TaskAnswer.ToMilliseconds(proposal.Expires),
        proposal.ApprovedBy);
}

/// <param name="NotFound">In how many ticks the exchange has said that it does not know it.</param>
public sealed record OpenOrderAnswer(string ClientOrderId, string Tick, string Side, string Type, decimal Quantity, decimal? LimitPrice, DateTime At, int NotFound)
{
    public static OpenOrderAnswer From(OrderIntent intent) => new(
        intent.ClientOrderId,
        intent.Tick,
        intent.Side == Core.Books.Side.Buy ? "BUY" : "SELL",
        OrderAnswer.TypeName(intent.Type),
        Decimals.Trim(intent.Quantity.Value),
        intent.Limit is { } limit ? Decimals.Trim(limit.Value) : null,
        TaskAnswer.ToMilliseconds(intent.At),
        intent.NotFound);
}

/// <summary>Why something is done; kept in the journal.</summary>
public sealed record ReasonRequest(string Reason);

/// <param name="Mode"><c>observe</c>, <c>approve</c> or <c>auto</c>.</param>
public sealed record ModeRequest(string Mode, string Reason);
