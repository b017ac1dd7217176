namespace Ballast.Core.Paper;

/// <summary>
/// Something that has happened to the account and is not taken back. What the engine was asked is not in it: facts in their order make the
/// same account again, whatever the market shows by then.
/// </summary>
public abstract record PaperFact
{
    private protected PaperFact()
    {
    }
}

/// <summary>An order was accepted, or has ended; it stands as it stands here.</summary>
public sealed record OrderStored(PaperOrder Order) : PaperFact;

/// <summary>Units changed hands. The order in the trade stands as it stands after it.</summary>
public sealed record TradeBooked(PaperTrade Trade) : PaperFact;

/// <summary>Units came from outside or left.</summary>
public sealed record TransferMade(PaperTransfer Transfer) : PaperFact;

/// <summary>Whether fees are paid in MX was changed.</summary>
public sealed record MxDeductionSet(bool Enabled, DateTimeOffset At) : PaperFact;
