using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Server.Http;
using Ballast.Server.Tasks;

namespace Ballast.Server.Store;

/// <summary>A member of <c>trades:history</c>; <see cref="QuoteQuantity"/> is the trade's value in quote.</summary>
/// <param name="FeeValue">Absent unless the fee was paid in a third asset whose worth was known.</param>
/// <param name="InOpening">True when the first balance contained it; absent otherwise.</param>
public sealed record StoredTrade(
    string Id, DateTime Time, string Side, decimal Price, decimal Quantity, decimal QuoteQuantity, decimal Fee, string FeeAsset, string OrderId,
    decimal? FeeValue = null, bool? InOpening = null)
{
    public static StoredTrade From(Trade trade) => new(
        trade.Id,
        trade.Time.UtcDateTime,
        trade.Side == Core.Books.Side.Buy ? "BUY" : "SELL",
        Decimals.Trim(trade.Price.Value),
        Decimals.Trim(trade.Quantity.Value),
        Decimals.Trim(trade.Value.Value),
        Decimals.Trim(trade.Fee),
        trade.FeeAsset,
        trade.OrderId,
        trade.FeeValue is { } value ? Decimals.Trim(value.Value) : null,
        trade.InOpening ? true : null);

    /// <returns>BadData when it is neither a purchase nor a sale.</returns>
    public Result<Trade> ToTrade() => Side is "BUY" or "SELL"
        ? new Trade(
            Id,
            StoredTime.Read(Time),
            Side == "BUY" ? Core.Books.Side.Buy : Core.Books.Side.Sell,
            new Price(Price),
            new Quantity(Quantity),
            new Amount(QuoteQuantity),
            Fee,
            FeeAsset,
            OrderId,
            FeeValue is { } value ? new Amount(value) : null)
        { InOpening = InOpening == true }
        : Failure.BadData($"trade {Id} has the side '{Side}', which is neither BUY nor SELL");
}

/// <summary>A member of <c>movements</c>.</summary>
/// <param name="Kind"><c>deposit</c>, <c>withdrawal</c>, <c>transfer</c> or <c>correction</c>.</param>
/// <param name="Leg"><c>base</c> or <c>quote</c>.</param>
/// <param name="Units">Negative for what left.</param>
/// <param name="PriceAssumed">True when the price of its own time was not known; absent otherwise.</param>
public sealed record StoredMovement(
    string Id, DateTime Time, string Kind, string Leg, decimal Units, decimal Price,
    bool? PriceAssumed = null, bool? InOpening = null, string? Reason = null, string? By = null)
{
    public static StoredMovement From(Movement movement) => new(
        movement.Id,
        movement.Time.UtcDateTime,
        TaskAnswer.Lower(movement.Kind),
        TaskAnswer.Lower(movement.Leg),
        Decimals.Trim(movement.Units),
        Decimals.Trim(movement.Price.Value),
        movement.Assumed ? true : null,
        movement.InOpening ? true : null,
        movement.Reason,
        movement.By);

    public Result<Movement> ToMovement() =>
        Enum.TryParse<MovementKind>(Kind, ignoreCase: true, out var kind) && Enum.TryParse<Leg>(Leg, ignoreCase: true, out var leg)
            ? new Movement(Id, StoredTime.Read(Time), kind, leg, Units, new Price(Price), PriceAssumed == true, Reason, By) { InOpening = InOpening == true }
            : Failure.BadData($"movement {Id} is a '{Kind}' of '{Leg}', which there is not");
}

/// <summary>An opening position as stated; what its entries explain of it is worked out from them.</summary>
public sealed record StoredOpening(
    DateTime At, string Base, string Quote, decimal FirstBase, decimal FirstQuote, decimal Cost, bool Assumed, DateTime WalletFrom)
{
    public static StoredOpening From(Opening opening) => new(
        opening.At.UtcDateTime,
        opening.Pair.Base,
        opening.Pair.Quote,
        Decimals.Trim(opening.FirstBase.Value),
        Decimals.Trim(opening.FirstQuote.Value),
        Decimals.Trim(opening.Cost.Value),
        opening.Assumed,
        opening.WalletFrom.UtcDateTime);

    public Opening ToOpening() => new()
    {
        At = StoredTime.Read(At),
        Pair = new Pair(Base, Quote),
        FirstBase = new Quantity(FirstBase),
        FirstQuote = new Amount(FirstQuote),
        Cost = new Price(Cost),
        Assumed = Assumed,
        WalletFrom = StoredTime.Read(WalletFrom),
    };
}

/// <summary>Something that was changed besides the books, for the record: mode, halt, settings.</summary>
/// <param name="What"><c>mode</c>, <c>halt</c>, <c>resume</c>, <c>settings</c>, <c>approval</c>, <c>operator password</c>, <c>reader password</c> or <c>play</c>.</param>
/// <param name="To">What it is since.</param>
public sealed record StoredChange(string What, string To, string By, string? Reason = null);

/// <summary>A line of <c>journal</c>: one of the four, and when it was written.</summary>
public sealed record StoredJournalLine(
    DateTime At, StoredOpening? Opening = null, StoredTrade? Trade = null, StoredMovement? Movement = null, StoredChange? Change = null)
{
    public static IEnumerable<StoredJournalLine> From(TradingAfter after, DateTimeOffset now)
    {
        if (after.NewHalt is { } halt)
            yield return new StoredJournalLine(now.UtcDateTime, Change: new StoredChange("halt", "halted", halt.By, halt.Reason));
        if (after.NewMode is { } mode)
            yield return new StoredJournalLine(now.UtcDateTime, Change: new StoredChange("mode", TaskAnswer.Lower(mode.Mode), mode.By, mode.Reason));
    }

    public static IEnumerable<StoredJournalLine> From(BooksAfter books, DateTimeOffset now)
    {
        var at = now.UtcDateTime;
        if (books.OpeningStated)
            yield return new StoredJournalLine(at, Opening: StoredOpening.From(books.Ledger.Opening));
        foreach (var trade in books.NewTrades)
            yield return new StoredJournalLine(at, Trade: StoredTrade.From(trade));
        foreach (var movement in books.NewMovements)
            yield return new StoredJournalLine(at, Movement: StoredMovement.From(movement));
    }

    public string ToJson() => JsonSerializer.Serialize(this, BallastJson.Default.StoredJournalLine);
}

/// <summary>
/// A point of <c>equity</c>, kept short because there are many: time, price, base, quote, their value, and the flows in the order of
/// <see cref="StoredFlows"/>.
/// </summary>
/// <param name="A">Average cost of the coins as the books had it then; absent when there were none, and in points of older versions.</param>
public sealed record StoredPoint(DateTime T, decimal P, decimal B, decimal Q, decimal V, decimal[] F, decimal? A = null)
{
    public static StoredPoint From(EquityPoint point) => new(
        point.At.UtcDateTime,
        Decimals.Trim(point.Price.Value),
        Decimals.Trim(point.Base.Value),
        Decimals.Trim(point.Quote.Value),
        Decimals.Trim(point.Value.Value),
        [.. StoredFlows.Write(point.Flows)],
        point.AverageCost is { } average ? Decimals.Trim(average.Value) : null);

    public EquityPoint ToPoint() =>
        new(StoredTime.Read(T), new Price(P), new Quantity(B), new Amount(Q), StoredFlows.Read(F)) { AverageCost = A is { } average ? new Price(average) : null };
}

/// <summary>Flows as a row of numbers: zeros at its end are left out.</summary>
internal static class StoredFlows
{
    public static IEnumerable<decimal> Write(Flows flows)
    {
        decimal[] all =
        [
            flows.Bought.Value, flows.Paid.Value, flows.QuoteFees.Value, flows.BaseFees.Value, flows.BaseFeesValue.Value, flows.OutsideFees.Value,
            flows.BaseMoved.Value, flows.BaseMovedValue.Value, flows.QuoteMoved.Value,
            flows.BaseCorrected.Value, flows.BaseCorrectedValue.Value, flows.QuoteCorrected.Value,
        ];
        return all.Take(Array.FindLastIndex(all, value => value != 0) + 1).Select(Decimals.Trim);
    }

    /// <summary>Of a whole row of them, what was moved in and corrected less what was moved out, in quote.</summary>
    public static decimal Moved(IReadOnlyList<decimal> all) => At(all, 7) + At(all, 8) + At(all, 10) + At(all, 11);

    private static decimal At(IReadOnlyList<decimal> all, int index) => index < all.Count ? all[index] : 0;

    public static Flows Read(IReadOnlyList<decimal> all) => new()
    {
        Bought = new Quantity(At(all, 0)),
        Paid = new Amount(At(all, 1)),
        QuoteFees = new Amount(At(all, 2)),
        BaseFees = new Quantity(At(all, 3)),
        BaseFeesValue = new Amount(At(all, 4)),
        OutsideFees = new Amount(At(all, 5)),
        BaseMoved = new Quantity(At(all, 6)),
        BaseMovedValue = new Amount(At(all, 7)),
        QuoteMoved = new Amount(At(all, 8)),
        BaseCorrected = new Quantity(At(all, 9)),
        BaseCorrectedValue = new Amount(At(all, 10)),
        QuoteCorrected = new Amount(At(all, 11)),
    };
}

/// <summary>Times are stored in UTC; JSON does not say so to whoever reads a <see cref="DateTime"/>.</summary>
internal static class StoredTime
{
    public static DateTimeOffset Read(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
