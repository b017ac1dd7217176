using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Planning;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;

namespace Ballast.Simulation;

/// <summary>What must have come true by itself once nothing has gone wrong for some ticks.</summary>
internal static class Ending
{
    /// <summary>What may no longer stand in an order's way: all of it is settled by then.</summary>
    private static readonly HashSet<string> Passing = ["unsettled_order", "one_order_a_tick", "books_proven", "price_age", "price_jump", "depth"];

    public static void Check(World world)
    {
        if (world.Trading.Open is { } open)
            world.Break("an intent stays open for ever", open.ClientOrderId);
        foreach (var id in world.Witness.Intents.Where(id => !world.Witness.Settled.Contains(id)))
            world.Break("an order was never settled", id);
        // The first of them may still meet the lease of one that crashed.
        foreach (var outcome in world.Scheduler.Quiet.Skip(1).Where(outcome => outcome is not TickOutcome.Finished { Report.Status: not TickStatus.Error }))
            world.Break("a quiet tick did not finish", outcome.ToString());
        if (world.Scheduler.Quiet.Count != Scheduler.QuietSlots)
            world.Break("a quiet tick is missing", $"{world.Scheduler.Quiet.Count} of {Scheduler.QuietSlots}");
        else if (world.Scheduler.Quiet[^(Scheduler.ClosingSlots + 1)] is TickOutcome.Finished last)
            Portfolio(world, last.Report);
        Books(world);
    }

    /// <summary>In the band, on the way there, or a reason that the owner can read.</summary>
    private static void Portfolio(World world, TickReport report)
    {
        if (!report.Plan.TryGet(out var plan, out var failure))
            world.Break("no plan in a quiet tick", failure.Reason);
        else if (plan.Action != Decision.Hold && report.Mode != Mode.Observe && report.Order is not { Reason.Length: > 0 })
            world.Break("off the target, and no reason given", plan.Reason);
        else if (report.Order is { Outcome: OrderOutcome.Blocked } order && Passing.Contains(order.Reason.Split(':')[0]))
            world.Break("an order is held up by what should have passed", order.Reason);
    }

    /// <summary>To the last unit.</summary>
    private static void Books(World world)
    {
        var (now, trades) = (world.Agenda.Now, world.Engine.Trades(new PaperTradeFilter(world.Symbol.Name), int.MaxValue, world.Agenda.Now));
        var state = Done(world.Store.ReadAsync());
        if (!state.Ledger.TryGet(out var ledger, out _) || ledger is null || !Done(world.Store.ReadJournalAsync()).TryGet(out var journal, out _))
        {
            world.Break("there are no books", "");
            return;
        }
        var balances = world.Engine.Balances(now);
        var standing = Standing.Of(ledger, balances["QRL"], balances["USDT"], now);
        if (!standing.Balanced || ledger.Standing is not { Balanced: true })
            world.Break("the books do not balance", standing.Explain("QRL", "USDT") ?? ledger.Standing?.Explain("QRL", "USDT") ?? "no standing");
        Profit(world, ledger, state.Equity);
        var booked = Done(world.Store.TradeIdsAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
        foreach (var discrepancy in Audit.Of(ledger, journal, booked, now).Discrepancies)
            world.Break("the books are not those of the journal", discrepancy.ToString());
        if (!booked.SetEquals(trades.Select(trade => trade.Id)))
            world.Break("the books hold other trades than the exchange", $"{booked.Count} and {trades.Count}");
    }

    /// <summary>Where the change of the value came from, exactly, and nothing of it from nowhere.</summary>
    private static void Profit(World world, Ledger ledger, Result<Equity> stored)
    {
        if (ledger.Current is { Quantity.Value: < 0 } or { Average.Value: < 0 })
            world.Break("the books hold less than nothing", $"{ledger.Current.Quantity} at {ledger.Current.Average}");
        if (!stored.TryGet(out var equity, out _) || equity is not { Start: { } start, Last: { } last })
        {
            world.Break("there is no curve", "");
            return;
        }
        var causes = ProfitByCause.Between(start, last);
        if (causes.Total != causes.Market + causes.Rebalancing + causes.Fees + causes.Transfers + causes.Corrections + causes.Unproven)
            world.Break("the causes of the profit are not the profit", causes.ToString());
        if (causes.Unproven != Amount.Zero)
            world.Break("a part of the profit came from nowhere", causes.Unproven.ToString());
    }

    private static T Done<T>(Task<T> answered) => answered.GetAwaiter().GetResult();
}
