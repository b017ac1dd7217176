namespace Ballast.Core.Paper;

/// <summary>
/// What the exchange answers instead of doing it: its own codes and its own words, letter by letter, because clients compare both.
/// The leading spaces and the missing ones are the exchange's. Texts marked "ours" were never seen on the wire.
/// </summary>
public static class Refusals
{
    public static readonly Failure InvalidSymbol = Refusal(-1121, "Invalid symbol.");
    public static readonly Failure InvalidInterval = Refusal(-1121, "Invalid interval.");
    public static readonly Failure OptionalParameters = Refusal(-1128, "Combination of optional parameters invalid.");
    public static readonly Failure SymbolNotForApi = Refusal(10007, "symbol not support api");
    public static readonly Failure WrongDirection = Refusal(
        30001, "The current transaction direction is not allowed to place an order");
    public static readonly Failure TradingDisabled = Refusal(30016, "trading disabled");
    public static readonly Failure MarketOrdersDisabled = Refusal(30051, "api market order is disabled");
    public static readonly Failure OutsideReceiveWindow = Refusal(700003, "Timestamp for this request is outside of the recvWindow.");
    public static readonly Failure UnknownOrder = Refusal(-2011, "Unknown order sent.");
    public static readonly Failure OrderDoesNotExist = Refusal(Failure.NoSuchOrder, "Order does not exist.");
    public static readonly Failure NoOrderId = Refusal(
        700004, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null");
    public static readonly Failure QuantityScale = Refusal(400, " quantity scale is invalid");
    public static readonly Failure AmountScale = Refusal(400, " amount scale is invalid");

    /// <summary>Ours, after the two above.</summary>
    public static readonly Failure PriceScale = Refusal(400, " price scale is invalid");
    public static readonly Failure PriceOutOfRange = Refusal(30087, "Order price exceeds allowed range");
    public static readonly Failure NoPrice = Refusal(30010, "no valid trade price");
    public static readonly Failure NoOpponent = Refusal(30025, "no exist opponent order");
    public static readonly Failure ParameterWrong = Refusal(33333, "param is error");
    public static readonly Failure TooManyOrders = Refusal(30029, "Cannot exceed the maximum order limit");
    public static readonly Failure OrderType = Refusal(30041, "current order type can not place order");

    /// <summary>A buy that the free quote asset does not cover, fee included.</summary>
    public static readonly Failure InsufficientPosition = Refusal(30004, "Insufficient position");

    /// <summary>A sell of more than is free.</summary>
    public static readonly Failure Oversold = Refusal(30005, "Oversold");

    /// <summary>A withdrawal of more than is free.</summary>
    public static readonly Failure InsufficientBalance = Refusal(10101, "Insufficient balance");
    public static readonly Failure NothingToTransfer = Refusal(10102, "amount cannot be zero or negative");
    public static readonly Failure TransferScale = Refusal(10096, "amount decimal places is too long");
    public static readonly Failure TransferTooLarge = Refusal(10097, "amount is error");
    public static readonly Failure WindowBeginsTooEarly = Refusal(400, "The start time cannot be earlier than 90 days");

    /// <summary>Ours, after the one above.</summary>
    public static readonly Failure WindowTooLong = Refusal(400, "The time range cannot be longer than 7 days");

    public static readonly Failure NoPermission = Refusal(700007, "No permission to access the endpoint.");
    public static readonly Failure NoSuchRecord = Refusal(22222, "record does not exist");

    public static Failure BelowMinimum(decimal minimum, string asset) =>
        Refusal(30002, $"The minimum transaction volume cannot be less than:{Decimals.Text(minimum)}{asset}");

    public static Failure AboveMaximum(decimal maximum, string asset) =>
        Refusal(30003, $"The maximum transaction volume cannot be greater than:{Decimals.Text(maximum)}{asset}");

    /// <summary>A required parameter that is absent, empty, or cannot be read.</summary>
    public static Failure Mandatory(string parameter) =>
        Refusal(700004, $"Mandatory parameter '{parameter}' was not sent, was empty/null, or malformed.");

    /// <summary>An optional parameter that cannot be read.</summary>
    public static Failure IllegalCharacters(string parameter) => Refusal(700008, $"Illegal characters found in parameter '{parameter}'");

    private static Failure Refusal(int code, string text) => new(FailureKind.Rejected, text, code);
}
