namespace Ballast.Core.Paper;

/// <summary>One pair on the paper exchange: its assets, grid, limits and fees, and the market behind it.</summary>
public sealed record Listing
{
    public required Symbol Symbol { get; init; }
    public required string Base { get; init; }
    public required string Quote { get; init; }
    public required string FullName { get; init; }

    /// <summary>Decimals an order may write in its price, and in an amount of quote to spend.</summary>
    public required int PriceDecimals { get; init; }

    /// <summary>Decimals an order may write in its quantity.</summary>
    public required int QuantityDecimals { get; init; }

    public required Quantity MinQuantity { get; init; }

    /// <summary>Smallest and largest value of an order, in quote.</summary>
    public required Amount MinAmount { get; init; }

    public required Amount MaxAmount { get; init; }

    /// <summary>Fees are fractions of a trade's value, charged in quote on buys and sells; the maker's never above the taker's.</summary>
    public required Ratio MakerFee { get; init; }

    public required Ratio TakerFee { get; init; }

    /// <summary>How far above the last trade a limited buy may bid, and how far below it a limited sell may ask.</summary>
    public required Ratio PriceBand { get; init; }

    public PairStatus Status { get; init; } = PairStatus.Online;

    public OpenSides Sides { get; init; } = OpenSides.Both;

    /// <summary>Whether programs may trade it at all; the real exchange says no for some of its largest pairs.</summary>
    public bool TradableByApi { get; init; } = true;

    public bool TakesMarketOrders { get; init; } = true;

    /// <summary>What an order gets of what it could: 1 is all of it. Less is a rehearsal of partial fills. Above 0, 1 at most.</summary>
    public Ratio FillShare { get; init; } = new(1);

    /// <summary>The market's version at an instant: a pure function, defined for every instant, the past too.</summary>
    public required Func<DateTimeOffset, MarketBook> Market { get; init; }

    public Quantity QuantityStep => new(Decimals.Step(QuantityDecimals));

    /// <summary>What a trader needs to know of it before ordering.</summary>
    public SymbolRules Rules => new()
    {
        Symbol = Symbol,
        Base = Base,
        Quote = Quote,
        PriceStep = new Price(Decimals.Step(PriceDecimals)),
        QuantityStep = QuantityStep,
        MinQuantity = MinQuantity,
        MinNotional = MinAmount,
        MaxNotional = MaxAmount,
        TakerFee = TakerFee,
        BuyBand = PriceBand,
        SellBand = PriceBand,
        Tradable = TradableByApi && Status == PairStatus.Online && Sides == OpenSides.Both,
    };

    /// <summary>QRL against USDT at about 0.05, on a synthetic market.</summary>
    public static Listing QrlUsdt(long seed) => DefaultListings.QrlUsdt(seed);
}
