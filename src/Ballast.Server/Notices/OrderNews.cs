using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using Ballast.Server.Tasks;
using Ballast.Server.Telemetry;

namespace Ballast.Server.Notices;

/// <summary>What is told of orders: those that left, those that did not, and those that wait.</summary>
internal static class OrderNews
{
    /// <summary>A block or a proposal that stays what it was is told again after so long.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    private const string BlockTopic = "block";
    private const string ProposalTopic = "proposal";

    public static void Write(Edition edition)
    {
        if (edition.Report.Settled is { } settled)
            WriteOutcome(edition, settled, "settled", "an earlier order is settled: ");
        WriteOrder(edition, edition.Report.Order);
        if (edition.Report is { Trading.Proposal: null })
            edition.Remember(ProposalTopic, "");
    }

    private static void WriteOrder(Edition edition, OrderReport? order)
    {
        switch (order?.Outcome)
        {
            case null:
                break;
            case OrderOutcome.Blocked:
                WriteBlock(edition, order);
                break;
            case OrderOutcome.Proposed:
                WriteProposal(edition, order);
                break;
            default:
                edition.Remember(BlockTopic, "");
                WriteOutcome(edition, order, "order", "");
                break;
        }
    }

    private static void WriteOutcome(Edition edition, OrderReport order, string topic, string before)
    {
        var what = What(edition, order);
        var (kind, severity, title) = order.Outcome switch
        {
            OrderOutcome.Unknown => (NoticeKind.Unknown, Severity.Alarm, $"{what}: what became of it is not known"),
            OrderOutcome.Rejected => (NoticeKind.Refused, Severity.Warning, $"{what}: the exchange refused it"),
            OrderOutcome.Unfilled => (NoticeKind.Order, Severity.Info, $"{what}: nothing was filled"),
            OrderOutcome.PartiallyFilled => (NoticeKind.Order, Severity.Info, $"{what}: filled in part"),
            _ => (NoticeKind.Order, Severity.Info, $"{what}: filled"),
        };
        edition.Tell(kind, severity, topic, before + title, string.Join('\n', Lines(edition, order)), Facts(order));
    }

    private static IEnumerable<string> Lines(Edition edition, OrderReport order)
    {
        if (order is { Average: { } average })
            yield return $"{(order.Side == Side.Buy ? "Bought" : "Sold")} {order.Executed} {edition.Coin} at {average} on average, "
                + $"{Figures.Text((order.Executed * average).Value)} {edition.Quote}"
                + (order.Fee is { } fee ? $", fee {Decimals.Text(fee)}." : ".");
        if (order.Outcome == OrderOutcome.Unknown)
            yield return "No other order leaves until it is settled.";
        if (order.Reason.Length > 0 && order.Outcome is not OrderOutcome.Filled)
            yield return $"{order.Reason}.";
        yield return $"Order {order.ClientOrderId}";
    }

    private static void WriteBlock(Edition edition, OrderReport order)
    {
        var guard = TickMeasures.GuardOf(order) ?? "other";
        var block = $"{guard} {order.Side}";
        if (edition.Told(BlockTopic)?.Split('|') is [var last, var at] && last == block && UtcText.TryRead(at, out var time) && edition.At - time < Pause)
            return;
        edition.Remember(BlockTopic, $"{block}|{UtcText.Write(edition.At)}");
        var facts = Facts(order);
        facts["guard"] = guard;
        edition.Tell(
            NoticeKind.Refused, Severity.Warning, "order", $"{What(edition, order)} is blocked by {guard}",
            $"{order.Reason}.\nAs long as it stays so, you are told again every {Pause.TotalHours:0} hours.", facts);
    }

    private static void WriteProposal(Edition edition, OrderReport order)
    {
        edition.Remember(BlockTopic, "");
        if (edition.Report.Trading?.Proposal is not { } proposal)
            return;
        if (AsBefore(edition.Told(ProposalTopic), proposal))
            return;
        edition.Remember(ProposalTopic, $"{proposal.Side}|{proposal.Quantity}|{UtcText.Write(proposal.At)}");
        var facts = Facts(order);
        (facts["price"], facts["expires"]) = ($"{proposal.Price}", UtcText.Write(proposal.Expires));
        edition.Tell(
            NoticeKind.Proposal, Severity.Warning, "order", $"{What(edition, order)} waits for you",
            $"At about {proposal.Price}, {Figures.Text((proposal.Quantity * proposal.Price).Value)} {edition.Quote}. "
                + $"It waits until {Figures.Time(proposal.Expires)} at the latest; each tick puts a new one in its place.",
            facts, Notice.ProposalKey(proposal.Tick));
    }

    /// <summary>The same side, nearly the same quantity, and not long ago.</summary>
    private static bool AsBefore(string? told, Proposal proposal) =>
        told?.Split('|') is [var side, var size, var at]
        && side == proposal.Side.ToString()
        && Decimals.TryParse(size, out var quantity) && Math.Abs(proposal.Quantity.Value - quantity) <= quantity / 10
        && UtcText.TryRead(at, out var time) && proposal.At - time < Pause;

    private static string What(Edition edition, OrderReport order) => $"{SideOf(order)} {order.Quantity} {edition.Coin}";

    private static string SideOf(OrderReport order) => order.Side == Side.Buy ? "BUY" : "SELL";

    private static Dictionary<string, string> Facts(OrderReport order)
    {
        var facts = new Dictionary<string, string>
        {
            ["state"] = TaskAnswer.Lower(order.Outcome),
            ["client_order_id"] = order.ClientOrderId,
            ["side"] = SideOf(order),
            ["quantity"] = $"{order.Quantity}",
            ["executed_quantity"] = $"{order.Executed}",
            ["reason"] = order.Reason,
        };
        if (order.Average is { } average)
            facts["average_price"] = $"{average}";
        if (order.Fee is { } fee)
            facts["fee"] = Decimals.Text(fee);
        return facts;
    }
}
