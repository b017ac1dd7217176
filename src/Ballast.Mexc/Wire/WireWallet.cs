using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Trading;

namespace Ballast.Mexc.Wire;

/// <summary>What deposits and withdrawals have in common on the wire.</summary>
internal static class WireWallet
{
    /// <summary>
    /// One row that cannot be read fails the page, and so does a page that is full and may have been cut: a transfer that is silently left
    /// out would look like a profit or a loss.
    /// </summary>
    public static Result<IReadOnlyList<WalletRow>> Read<T>(
        Endpoint endpoint, Result<IReadOnlyList<T>> page, Func<T, string> nameOf, Func<T, Fields, WalletRow> toRow)
    {
        if (!page.TryGet(out var wires, out var failure)) return failure;
        if (wires.Count >= MexcClient.MostTransfers)
            return Failure.BadData($"{endpoint}: {wires.Count} rows in one window; there may be more, so read a shorter window");
        var rows = new List<WalletRow>(wires.Count);
        foreach (var wire in wires)
        {
            var fields = new Fields($"{endpoint}, {nameOf(wire)}");
            rows.Add(toRow(wire, fields));
            if (fields.Failure is { } unreadable) return unreadable;
        }
        return Result<IReadOnlyList<WalletRow>>.Of(rows);
    }

    /// <summary>
    /// The wallet writes some coins with the network they came over, <c>USDT-TRX</c>; the account does not. A coin whose own name had a
    /// hyphen would be cut too; none is known.
    /// </summary>
    public static string Asset(string? coin, Fields fields)
    {
        var text = fields.Text("coin", coin);
        var network = text.LastIndexOf('-');
        if (network == 0) fields.Refuse("coin", "names a network and no coin");
        return network > 0 ? text[..network] : text;
    }

    /// <summary>Never negative on the wire.</summary>
    public static decimal Units(string? amount, Fields fields)
    {
        var units = fields.Required("amount", amount);
        if (units < 0) fields.Refuse("amount", "is negative");
        return units;
    }
}

internal sealed record WireDeposit(string? Coin, string? Amount, string? Status, string? TxId, string? InsertTime)
{
    public static Result<IReadOnlyList<WalletRow>> Read(JsonElement payload, ForeignText foreign) => WireWallet.Read(
        Endpoint.Deposits,
        MexcJson.ReadRows(Endpoint.Deposits, payload, MexcJson.Default.WireDeposit),
        row => $"deposit '{foreign.Clean(row.TxId)}' of '{foreign.Clean(row.Coin)}'",
        (row, fields) => row.ToRow(fields));

    // A deposit has no number of its own. One transaction may pay in twice, so the amount is part of the id; one that is not on a network
    // yet, or never will be, is known by its coin and time.
    private WalletRow ToRow(Fields fields)
    {
        var (asset, units) = (WireWallet.Asset(Coin, fields), WireWallet.Units(Amount, fields));
        var time = fields.Time("insertTime", InsertTime);
        var origin = fields.OptionalText("txId", TxId) ?? $"{Coin}:{Decimals.Text(time.ToUnixTimeMilliseconds())}";
        return new WalletRow($"deposit:{origin}:{Decimals.Text(units)}", time, asset, units, ReadState(Status));
    }

    // 5 success, 12 completed; 7 rejected, 8 refunded, 10 invalid. All others are on their way, and so is a number nobody has told us of.
    private static WalletState ReadState(string? status) => status switch
    {
        "5" or "12" => WalletState.Done,
        "7" or "8" or "10" => WalletState.Void,
        _ => WalletState.UnderWay,
    };
}

internal sealed record WireWithdrawal(string? Id, string? Coin, string? Amount, string? Status, string? ApplyTime)
{
    public static Result<IReadOnlyList<WalletRow>> Read(JsonElement payload, ForeignText foreign) => WireWallet.Read(
        Endpoint.Withdrawals,
        MexcJson.ReadRows(Endpoint.Withdrawals, payload, MexcJson.Default.WireWithdrawal),
        row => $"withdrawal '{foreign.Clean(row.Id)}' of '{foreign.Clean(row.Coin)}'",
        (row, fields) => row.ToRow(fields));

    // The amount is what the account loses: the network's fee is taken out of it.
    private WalletRow ToRow(Fields fields) => new(
        $"withdrawal:{fields.Text("id", Id)}",
        fields.Time("applyTime", ApplyTime),
        WireWallet.Asset(Coin, fields),
        -WireWallet.Units(Amount, fields),
        ReadState(Status));

    // 7 success; 8 failed, 9 cancelled.
    private static WalletState ReadState(string? status) => status switch
    {
        "7" => WalletState.Done,
        "8" or "9" => WalletState.Void,
        _ => WalletState.UnderWay,
    };
}
