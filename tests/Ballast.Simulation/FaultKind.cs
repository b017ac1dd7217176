namespace Ballast.Simulation;

/// <summary>What may go wrong, wherever that is.</summary>
internal enum FaultKind
{
    /// <summary>Nothing: the answer arrives in good time.</summary>
    None,

    /// <summary>Nothing arrives, and nobody can tell.</summary>
    RequestLost,

    /// <summary>It is done, and nobody hears of it.</summary>
    AnswerLost,

    /// <summary>No connection: certainly nothing left.</summary>
    Refused,

    /// <summary>Left alone for a while (429).</summary>
    RateLimited,

    /// <summary>An error of the other side, before or after it has acted (5xx).</summary>
    ServerError,

    /// <summary>An answer that nobody can read, after it has acted.</summary>
    Garbage,

    /// <summary>Done and answered, seconds later than usual.</summary>
    Slow,

    /// <summary>The asking side has given up; the request arrives seconds or minutes later all the same.</summary>
    Late,

    Crash,
    Freeze,
    Skew,
    DuplicateAtOnce,
    DuplicateLater,
    SkippedTick,
    ManualTick,
    OrderHidden,
    OrderNotFinalYet,
    TradeDelayed,
    WalletDelayed,
    DepthStale,
    TypeRefused,
    FeeInThirdAsset,
    PriceGap,
    OwnerHalts,
    OwnerLifts,
    OwnerApproves,
    OwnerChangesMode,
    OwnerChangesTarget,
    OwnerMovesMoney,
    OwnerTrades,
    OwnerCancels,
}
