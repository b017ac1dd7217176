using Ballast.Core;
using Ballast.Core.Books;

namespace Ballast.Server.Tasks;

/// <summary>
/// Where a change of value came from, in quote: change = market + rebalancing + fees + transfers + corrections + unproven, exactly.
/// </summary>
public sealed record ProfitAnswer
{
    public required DateTime Since { get; init; }
    public required decimal StartValue { get; init; }
    public required decimal Value { get; init; }
    public required decimal Change { get; init; }
    public required decimal Market { get; init; }
    public required decimal Rebalancing { get; init; }
    public required decimal Fees { get; init; }
    public required decimal Transfers { get; init; }
    public required decimal Corrections { get; init; }

    /// <summary>What the books do not explain; as long as it is not 0, the parts above are not proven either.</summary>
    public required decimal Unproven { get; init; }

    /// <summary>Value had nothing been traded since the start.</summary>
    public required decimal BuyAndHold { get; init; }

    /// <summary>Value had all been quote since the start.</summary>
    public required decimal AllQuote { get; init; }

    /// <summary>Fees paid in other assets, as far as their worth is known; not part of the sum.</summary>
    public required decimal OutsideFees { get; init; }

    public static ProfitAnswer From(ProfitByCause causes) => new()
    {
        Since = TaskAnswer.ToMilliseconds(causes.Start.At),
        StartValue = Decimals.Trim(causes.Start.Value.Value),
        Value = Decimals.Trim(causes.End.Value.Value),
        Change = Decimals.Trim(causes.Total.Value),
        Market = Decimals.Trim(causes.Market.Value),
        Rebalancing = Decimals.Trim(causes.Rebalancing.Value),
        Fees = Decimals.Trim(causes.Fees.Value),
        Transfers = Decimals.Trim(causes.Transfers.Value),
        Corrections = Decimals.Trim(causes.Corrections.Value),
        Unproven = Decimals.Trim(causes.Unproven.Value),
        BuyAndHold = Decimals.Trim(causes.BuyAndHold.Value),
        AllQuote = Decimals.Trim(causes.AllQuote.Value),
        OutsideFees = Decimals.Trim(causes.OutsideFees.Value),
    };
}
