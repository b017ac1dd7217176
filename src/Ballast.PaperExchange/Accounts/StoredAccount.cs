using System.Text.Json.Serialization;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Trading;

namespace Ballast.PaperExchange.Accounts;

/// <summary>The first line of an account's file: the account as it was when the file was written.</summary>
internal sealed record StoredAccount(
    DateTimeOffset Opened, DateTimeOffset Time, long Sequence, long TransferCount, bool MxDeduction,
    Dictionary<string, decimal> Balances, StoredOrder[] Orders, StoredTrade[] Trades, StoredTransfer[] Transfers)
{
    public static StoredAccount From(PaperState state) => new(
        state.Opened, state.Time, state.Sequence, state.TransferCount, state.MxDeduction, state.Balances,
        [.. state.Orders.Values.Select(StoredOrder.From)],
        [.. state.Trades.Select(StoredTrade.From)],
        [.. state.Transfers.Select(StoredTransfer.From)]);

    public PaperState State => new()
    {
        Opened = Opened,
        Time = Time,
        Sequence = Sequence,
        TransferCount = TransferCount,
        MxDeduction = MxDeduction,
        Balances = new Dictionary<string, decimal>(Balances, StringComparer.Ordinal),
        Orders = new(Orders.Select(order => KeyValuePair.Create(order.Id, order.Order)), StringComparer.Ordinal),
        Trades = [.. Trades.Select(trade => trade.Trade)],
        Transfers = [.. Transfers.Select(transfer => transfer.Transfer)],
    };
}

/// <summary>One thing that happened; exactly one of its parts is there.</summary>
internal sealed record StoredFact(
    StoredOrder? Order = null, StoredTrade? Trade = null, StoredTransfer? Transfer = null, StoredSwitch? MxDeduction = null)
{
    public static StoredFact From(PaperFact fact) => fact switch
    {
        OrderStored { Order: var order } => new(Order: StoredOrder.From(order)),
        TradeBooked { Trade: var trade } => new(Trade: StoredTrade.From(trade)),
        TransferMade { Transfer: var transfer } => new(Transfer: StoredTransfer.From(transfer)),
        MxDeductionSet { Enabled: var enabled, At: var at } => new(MxDeduction: new StoredSwitch(enabled, at)),
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, null),
    };

    /// <summary>Null when it is none that this version knows.</summary>
    [JsonIgnore]
    public PaperFact? Fact =>
        Order is not null ? new OrderStored(Order.Order)
        : Trade is not null ? new TradeBooked(Trade.Trade)
        : Transfer is not null ? new TransferMade(Transfer.Transfer)
        : MxDeduction is not null ? new MxDeductionSet(MxDeduction.Enabled, MxDeduction.At)
        : null;
}

internal sealed record StoredSwitch(bool Enabled, DateTimeOffset At);

internal sealed record StoredOrder(
    string Id, string Symbol, Side Side, OrderType Type, decimal Price, decimal Quantity, DateTimeOffset PlacedAt, OrderStatus Status,
    decimal Executed, decimal ExecutedValue, string? ClientOrderId = null, decimal? QuoteAmount = null, DateTimeOffset? UpdatedAt = null)
{
    public static StoredOrder From(PaperOrder order) => new(
        order.Id, order.Symbol.Name, order.Side, order.Type, order.Price.Value, order.Quantity.Value, order.PlacedAt, order.Status,
        order.Executed.Value, order.ExecutedValue.Value, order.ClientOrderId, order.QuoteAmount?.Value, order.UpdatedAt);

    [JsonIgnore]
    public PaperOrder Order => new()
    {
        Id = Id,
        ClientOrderId = ClientOrderId,
        Symbol = Core.Symbol.Parse(Symbol).TryGet(out var symbol, out var failure) ? symbol : throw new FormatException(failure.Reason),
        Side = Side,
        Type = Type,
        Price = new Price(Price),
        Quantity = new Quantity(Quantity),
        QuoteAmount = QuoteAmount is { } amount ? new Amount(amount) : null,
        PlacedAt = PlacedAt,
        UpdatedAt = UpdatedAt,
        Status = Status,
        Executed = new Quantity(Executed),
        ExecutedValue = new Amount(ExecutedValue),
    };
}

internal sealed record StoredTrade(
    string Id, StoredOrder Order, string Base, string Quote, DateTimeOffset Time, decimal Price, decimal Quantity, decimal Fee,
    string FeeAsset, bool IsMaker, bool IsSelfTrade)
{
    public static StoredTrade From(PaperTrade trade) => new(
        trade.Id, StoredOrder.From(trade.Order), trade.Pair.Base, trade.Pair.Quote, trade.Time, trade.Price.Value, trade.Quantity.Value,
        trade.Fee, trade.FeeAsset, trade.IsMaker, trade.IsSelfTrade);

    [JsonIgnore]
    public PaperTrade Trade => new(
        Id, Order.Order, new Pair(Base, Quote), Time, new Price(Price), new Quantity(Quantity), Fee, FeeAsset, IsMaker, IsSelfTrade);
}

internal sealed record StoredTransfer(string Id, DateTimeOffset Time, string Asset, decimal Units)
{
    public static StoredTransfer From(PaperTransfer transfer) => new(transfer.Id, transfer.Time, transfer.Asset, transfer.Units);

    [JsonIgnore]
    public PaperTransfer Transfer => new(Id, Time, Asset, Units);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StoredAccount))]
[JsonSerializable(typeof(StoredFact[]))]
internal sealed partial class AccountJson : JsonSerializerContext;
