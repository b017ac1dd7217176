using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using Ballast.Mexc.Wire;

namespace Ballast.Mexc;

/// <summary>What an account may do and what it holds, as the exchange says of it.</summary>
/// <param name="CanTrade">Null when the exchange does not say.</param>
/// <param name="CanWithdraw">Of the account; it does not say of the key. Null when the exchange does not say.</param>
public sealed record AccountState(bool? CanTrade, bool? CanWithdraw, Balances Balances);

/// <summary>A pair as the exchange lists it, with the words from which <see cref="SymbolRules.Tradable"/> follows.</summary>
/// <param name="Status"><c>1</c> or <c>ENABLED</c> is online, <c>2</c> paused, <c>3</c> offline; null when it is missing.</param>
/// <param name="OpenToApi">Whether orders may come through the API.</param>
/// <param name="Sides"><c>1</c> both, <c>2</c> buys only, <c>3</c> sells only, <c>4</c> none; null when it is missing.</param>
/// <param name="Spot">False when its permissions are listed and <c>SPOT</c> is not among them.</param>
public sealed record PairState(SymbolRules Rules, string? Status, bool OpenToApi, string? Sides, bool Spot);

/// <summary>How the exchange answered a question that only a key with a certain right may ask.</summary>
/// <param name="Given">Null when the answer proves neither.</param>
/// <param name="Said">What it answered; without secrets.</param>
public sealed record KeyRight(bool? Given, string Said);

/// <summary>
/// The questions of a checkup, on the client that it is about. None of them can place, change or cancel an order, or move money: the one
/// order it knows is the exchange's test order, which is judged and never placed.
/// </summary>
public sealed class MexcCheckup(MexcClient client)
{
    /// <summary>No withdrawal has such a name: the exchange's own are 32 hexadecimal digits.</summary>
    private const string NoSuchWithdrawal = "ballast-checkup";

    private readonly MexcTransport transport = client.Transport;

    public Task<Result<DateTimeOffset>> TimeAsync(CancellationToken cancel) => client.TimeAsync(cancel);

    public async Task<Result<AccountState>> AccountAsync(CancellationToken cancel)
    {
        if (!(await transport.SendAsync(Endpoint.Account, RequestQuery.Empty, cancel)).TryGet(out var payload, out var failure)
            || !WireAccount.Read(payload, transport.Foreign).TryGet(out var balances, out failure))
            return failure;
        return new AccountState(Flag(payload, "canTrade"), Flag(payload, "canWithdraw"), balances);
    }

    public async Task<Result<PairState>> PairAsync(Symbol symbol, CancellationToken cancel)
    {
        if (!(await transport.SendAsync(Endpoint.ExchangeInfo, About(symbol), cancel)).TryGet(out var payload, out var failure)
            || !WireSymbols.Read(payload, symbol).TryGet(out var rules, out failure))
            return failure;
        var row = payload.GetProperty("symbols").EnumerateArray().First(row => Word(row, "symbol") == symbol.Name);
        var spot = !row.TryGetProperty("permissions", out var permissions) || permissions.ValueKind != JsonValueKind.Array
            || permissions.GetArrayLength() == 0 || permissions.EnumerateArray().Any(permission => JsonText.Of(permission) == "SPOT");
        return new PairState(rules, Word(row, "status"), Flag(row, "isSpotTradingAllowed") == true, Word(row, "tradeSideType"), spot);
    }

    /// <summary>Whether orders may come for the pair through the API: for this account, or, without a key, for any.</summary>
    public async Task<Result<bool>> ListedAsync(Symbol symbol, bool own, CancellationToken cancel)
    {
        var endpoint = own ? Endpoint.OwnSymbols : Endpoint.ApiSymbols;
        if (!(await transport.SendAsync(endpoint, RequestQuery.Empty, cancel)).TryGet(out var payload, out var failure))
            return failure;
        return payload.ValueKind == JsonValueKind.Array && payload.GetArrayLength() > 0
            ? payload.EnumerateArray().Any(name => JsonText.Of(name) == symbol.Name)
            : Failure.BadData($"{endpoint}: the list is empty");
    }

    /// <summary>What the account itself pays for an order that takes liquidity.</summary>
    public async Task<Result<Ratio>> TakerFeeAsync(Symbol symbol, CancellationToken cancel)
    {
        if (!(await transport.SendAsync(Endpoint.TradeFee, About(symbol), cancel)).TryGet(out var payload, out var failure))
            return failure;
        return Decimals.TryParse(Word(payload, "takerCommission"), out var fee) && fee is >= 0 and < 1
            ? new Ratio(fee)
            : Failure.BadData($"{Endpoint.TradeFee}: 'takerCommission' is not a fraction of 1");
    }

    /// <summary>Whether fees are paid in MX.</summary>
    public async Task<Result<bool>> MxDeductionAsync(CancellationToken cancel)
    {
        if (!(await transport.SendAsync(Endpoint.MxDeduction, RequestQuery.Empty, cancel)).TryGet(out var payload, out var failure))
            return failure;
        return Flag(payload, "mxDeductEnable") is { } enabled ? enabled : Failure.BadData($"{Endpoint.MxDeduction}: 'mxDeductEnable' is missing");
    }

    public Task<Result<Quote>> QuoteAsync(Symbol symbol, TimeProvider time, CancellationToken cancel) =>
        new MexcExchange(client, time).QuoteAsync(symbol, cancel);

    /// <summary>Whether the key may read orders, which every tick does where orders may leave.</summary>
    public async Task<KeyRight> ReadingOrdersAsync(Symbol symbol, CancellationToken cancel) =>
        Reading((await transport.SendAsync(Endpoint.OpenOrders, About(symbol), cancel)).Failure);

    /// <summary>Whether the key may read deposits and withdrawals, which the books do.</summary>
    /// <param name="to">Now; a day before it is looked at.</param>
    public async Task<KeyRight> ReadingWalletAsync(DateTimeOffset to, CancellationToken cancel) =>
        Reading((await client.DepositsAsync(to.AddDays(-1), to, cancel)).Failure);

    /// <summary>
    /// Whether the key may withdraw. The exchange tells it nowhere, so it is asked to cancel a withdrawal that does not exist: a key without
    /// the right is turned away for that, and any other refusal says that the right is there. Nothing can come of it: there is nothing to
    /// cancel, and a cancellation would keep money where it is.
    /// </summary>
    public async Task<KeyRight> WithdrawalAsync(CancellationToken cancel)
    {
        var failure = (await transport.SendAsync(Endpoint.CancelWithdrawal, RequestQuery.Empty.And("id", NoSuchWithdrawal), cancel)).Failure;
        if (failure is null)
            return new KeyRight(true, "the exchange took the question");
        var refused = failure is { Kind: FailureKind.Rejected, Code: { } code } && !IsPath(code);
        return new KeyRight(ErrorCode.IsPermission(failure.Code) ? false : refused ? true : null, failure.Reason);
    }

    /// <summary>Null when the exchange would take such an order: limited, cancelled where it does not fill. It is judged, and never placed.</summary>
    public Task<Failure?> TestOrderAsync(Symbol symbol, Side side, Quantity quantity, Price limit, CancellationToken cancel) =>
        client.TestAsync(new NewOrder(symbol, side, OrderType.ImmediateOrCancel, quantity, null, limit, OrderIntent.Prefix + "checkup"), cancel);

    private static KeyRight Reading(Failure? failure) => failure is null
        ? new KeyRight(true, "read")
        : new KeyRight(ErrorCode.IsPermission(failure.Code) ? false : null, failure.Reason);

    /// <summary>Some servers repeat the HTTP status as a code of theirs: they have no such path.</summary>
    private static bool IsPath(int code) => code is 404 or 405;

    private static RequestQuery About(Symbol symbol) => RequestQuery.Empty.And("symbol", symbol.Name);

    private static string? Word(JsonElement row, string name) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var value) ? JsonText.Of(value) : null;

    private static bool? Flag(JsonElement row, string name) => Word(row, name)?.ToUpperInvariant() switch { "TRUE" => true, "FALSE" => false, _ => null };
}
