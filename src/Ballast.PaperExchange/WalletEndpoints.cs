using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.PaperExchange.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ballast.PaperExchange;

/// <summary>What came into the account from outside and what left it.</summary>
internal sealed class WalletEndpoints(MatchingEngine engine, TimeProvider clock, Gate gate, FaultDesk faults)
{
    /// <summary>As documented: the default is the most, and a client that asks for more gets this many.</summary>
    private const int MostRows = 1_000;

    // On paper a transfer is done as soon as it is made, so each history knows one status only: success.
    private const int DepositSucceeded = 5;
    private const int WithdrawalSucceeded = 7;

    /// <summary>Without a window; as documented.</summary>
    private static readonly TimeSpan UsualWindow = TimeSpan.FromDays(7);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v3/capital/deposit/hisrec", gate.Guarded(Deposits));
        routes.MapGet("/api/v3/capital/withdraw/history", gate.Guarded(Withdrawals));
        routes.MapDelete("/api/v3/capital/withdraw", gate.Guarded(CancelWithdrawal));
    }

    // Nothing can be withdrawn through the API on paper: its key has not the right to, and there is nothing to cancel.
    private Task CancelWithdrawal(HttpContext context, WireParameters parameters) =>
        Wire.RefuseAsync(context, faults.ValueOf(FaultKind.WithdrawalKey) is null ? Refusals.NoPermission : Refusals.NoSuchRecord);

    private Task Deposits(HttpContext context, WireParameters parameters) => Answer(
        context,
        Find(parameters, DepositSucceeded, transfer => transfer.IsDeposit),
        WriteDeposit);

    private Task Withdrawals(HttpContext context, WireParameters parameters) => Answer(
        context,
        Find(parameters, WithdrawalSucceeded, transfer => !transfer.IsDeposit),
        WriteWithdrawal);

    // What half a window means was never recorded. Here an absent end is now, and an absent beginning seven days before the end.
    private Result<PaperTransfer[]> Find(WireParameters parameters, int onlyStatus, Func<PaperTransfer, bool> isOfThisKind)
    {
        var now = clock.GetUtcNow();
        if (!parameters.Time("startTime").TryGet(out var from, out var refusal)
            || !parameters.Time("endTime").TryGet(out var to, out refusal)
            || !parameters.Whole("status").TryGet(out var status, out refusal)
            || !parameters.Whole("limit").TryGet(out var limit, out refusal)
            || !engine.Transfers(from ?? Before(to ?? now), to ?? now, now).TryGet(out var transfers, out refusal))
            return refusal;
        var coin = parameters.Text("coin");
        return transfers
            .Where(transfer => isOfThisKind(transfer) && (coin ?? transfer.Asset) == transfer.Asset && (status ?? onlyStatus) == onlyStatus)
            .Take((int)Math.Clamp(limit ?? MostRows, 1, MostRows))
            .ToArray();
    }

    // No calendar goes further back than its first day.
    private static DateTimeOffset Before(DateTimeOffset end) =>
        end - DateTimeOffset.UnixEpoch > UsualWindow ? end - UsualWindow : DateTimeOffset.UnixEpoch;

    private static Task Answer(HttpContext context, Result<PaperTransfer[]> found, Action<Utf8JsonWriter, PaperTransfer> write) =>
        found.TryGet(out var transfers, out var refusal)
            ? Wire.AnswerRowsAsync(context, transfers, write)
            : Wire.RefuseAsync(context, refusal);

    private static void WriteDeposit(Utf8JsonWriter json, PaperTransfer deposit)
    {
        json.WriteStartObject();
        json.Number("amount", deposit.Units);
        json.WriteString("coin", deposit.Asset);
        json.WriteString("network", deposit.Asset);
        json.WriteNumber("status", DepositSucceeded);
        json.WriteString("address", string.Empty);
        json.WriteNull("addressTag");
        json.WriteString("txId", deposit.Id);
        json.Milliseconds("insertTime", deposit.Time);
        json.WriteString("unlockConfirm", "0");
        json.WriteString("confirmTimes", "0");
        json.WriteString("memo", string.Empty);
        json.WriteEndObject();
    }

    private static void WriteWithdrawal(Utf8JsonWriter json, PaperTransfer withdrawal)
    {
        json.WriteStartObject();
        json.WriteString("id", withdrawal.Id);
        json.WriteNull("txId");
        json.WriteString("coin", withdrawal.Asset);
        json.WriteString("network", withdrawal.Asset);
        json.WriteString("netWork", withdrawal.Asset);
        json.WriteString("address", string.Empty);
        json.Number("amount", -withdrawal.Units);
        json.WriteNumber("transferType", 0);
        json.WriteNumber("status", WithdrawalSucceeded);
        json.WriteString("transactionFee", "0");
        json.WriteNull("confirmNo");
        json.Milliseconds("applyTime", withdrawal.Time);
        WriteRemarks(json, withdrawal);
        json.WriteEndObject();
    }

    private static void WriteRemarks(Utf8JsonWriter json, PaperTransfer withdrawal)
    {
        json.WriteString("remark", string.Empty);
        json.WriteString("memo", string.Empty);
        json.WriteString("transHash", withdrawal.Id);
        json.Milliseconds("updateTime", withdrawal.Time);
        json.WriteString("coinId", withdrawal.Asset);
        json.WriteString("vcoinId", withdrawal.Asset);
        json.WriteNull("withdrawOrderId");
        json.WriteString("explorerUrl", string.Empty);
    }
}
