using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Core.Ticks;

/// <summary>What is known of an earlier tick's order.</summary>
/// <param name="Open">As long as its outcome is not known.</param>
/// <param name="Finished">Since this tick; null when there was none, or it is still open.</param>
internal sealed record Settlement(OrderIntent? Open, OrderReport? Finished)
{
    public static readonly Settlement Nothing = new(null, null);
}

/// <summary>Sends orders and finds out what became of them. The exchange is asked by our own id; nothing is ever sent twice.</summary>
internal sealed class OrderDesk(IExchange exchange, Symbol symbol, TimeProvider clock)
{
    /// <summary>
    /// An order that the exchange does not know so long after it was signed has never arrived, and cannot any more: the exchange refuses what
    /// is older than a few seconds. The rest is for an exchange that is slow to show what it has taken, and for clocks of instances that differ.
    /// </summary>
    private static readonly TimeSpan Arrival = TimeSpan.FromMinutes(2);

    /// <summary>It must have said so in so many ticks.</summary>
    private const int TimesNotFound = 2;

    /// <summary>How late an order may still be sent; the exchange would refuse it a little later.</summary>
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(4);

    /// <summary>How long a tick asks for its own order before it leaves that to the next one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    /// <summary>An order accepted a moment ago is often not found, or not yet final.</summary>
    private static readonly TimeSpan[] Waits = [TimeSpan.Zero, TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(750), TimeSpan.FromSeconds(2)];

    /// <summary>Asks for an order that an earlier tick left open.</summary>
    public async Task<Settlement> SettleAsync(OrderIntent intent, CancellationToken cancel)
    {
        // Of now, and not of when the answer is read: an instance may freeze in between, and an old answer says nothing of what is true now.
        var now = clock.GetUtcNow();
        var found = await FindAsync(intent, [TimeSpan.Zero], cancel);
        if (found.State is { } state)
            return new Settlement(null, await WithFeeAsync(OrderReport.Of(intent, state), state, cancel));
        if (!found.Unknown)
            return new Settlement(intent, null);
        var asked = intent with { NotFound = intent.NotFound + 1 };
        return asked.NotFound >= TimesNotFound && now - intent.At >= Arrival
            ? new Settlement(null, OrderReport.Of(intent, OrderOutcome.Unfilled, "the exchange never received it"))
            : new Settlement(asked, null);
    }

    /// <summary>Sends an order whose intent is on record. Exactly one attempt.</summary>
    /// <returns>The report, and the intent as long as the outcome is not known.</returns>
    public async Task<(OrderReport Report, OrderIntent? Open, OrderType? Refused)> PlaceAsync(ApprovedOrder order, IReadOnlyList<Guard> guards)
    {
        var intent = order.Intent;
        if (clock.GetUtcNow() - intent.At > Latest)
            return (OrderReport.Of(intent, OrderOutcome.Unfilled, "not sent: too much time had passed since it was decided", guards), null, null);
        // Not to be cancelled by anybody: an order that is on its way may stand.
        var sent = await exchange.PlaceAsync(order, CancellationToken.None);
        switch (sent.Failure)
        {
            case { Kind: FailureKind.Rejected or FailureKind.RateLimited } refused:
                return (OrderReport.Of(intent, OrderOutcome.Rejected, refused.Reason, guards), null, RefusedType(intent, refused));
            case { Kind: FailureKind.Unavailable or FailureKind.BadData } unsent:
                return (OrderReport.Of(intent, OrderOutcome.Unfilled, $"not sent: {unsent.Reason}", guards), null, null);
        }
        var found = await LookAsync(intent);
        if (found.State is { } state)
            return (await WithFeeAsync(OrderReport.Of(intent, state, guards), state, CancellationToken.None), null, null);
        var why = sent.Failure?.Reason ?? "the exchange took it and does not show yet what became of it";
        return (OrderReport.Of(intent, OrderOutcome.Unknown, $"{why}; no other order leaves until it is known", guards), intent with { NotFound = found.Unknown ? 1 : 0 }, null);
    }

    /// <summary>Cancels what is open of ours, for a halt. What became of it is asked like everything else.</summary>
    public async Task CancelOursAsync(IEnumerable<OrderState> open, CancellationToken cancel)
    {
        foreach (var ours in open.Where(order => order.ClientOrderId?.StartsWith(OrderIntent.Prefix, StringComparison.Ordinal) == true))
            _ = await exchange.CancelAsync(symbol, ours.ClientOrderId!, cancel);
    }

    private async Task<(OrderState? State, bool Unknown)> LookAsync(OrderIntent intent)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            return await FindAsync(intent, Waits, patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return (null, false);
        }
    }

    /// <summary>Asks until the order is final; one that still rests at the last time is cancelled and asked for once more.</summary>
    /// <returns>The final state; or none, and whether the last answer was that there is no such order.</returns>
    private async Task<(OrderState? State, bool Unknown)> FindAsync(OrderIntent intent, TimeSpan[] waits, CancellationToken cancel)
    {
        var unknown = false;
        for (var ask = 0; ask < waits.Length; ask++)
        {
            if (waits[ask] > TimeSpan.Zero)
                await Task.Delay(waits[ask], clock, cancel);
            var answer = await exchange.OrderAsync(symbol, intent.ClientOrderId, cancel);
            unknown = answer.Failure?.Code == Failure.NoSuchOrder;
            if (!answer.TryGet(out var state, out _))
                continue;
            if (IsFinal(state))
                return (state, false);
            if (ask < waits.Length - 1 || state.Status == OrderStatus.Unrecognized)
                continue;
            _ = await exchange.CancelAsync(symbol, intent.ClientOrderId, cancel);
            return (await exchange.OrderAsync(symbol, intent.ClientOrderId, cancel)).TryGet(out var last, out _) && IsFinal(last) ? (last, false) : (null, false);
        }
        return (null, unknown);
    }

    private static bool IsFinal(OrderState state) => state.Status is OrderStatus.Filled or OrderStatus.Canceled or OrderStatus.PartiallyCanceled;

    /// <summary>The fee of its fills, when all of them are shown already; fills are booked by the next tick in any case.</summary>
    private async Task<OrderReport> WithFeeAsync(OrderReport report, OrderState state, CancellationToken cancel)
    {
        if (state.Executed == Quantity.Zero)
            return report;
        var from = (state.Time ?? clock.GetUtcNow()).AddMinutes(-1);
        if (!(await exchange.TradesAsync(symbol, from, clock.GetUtcNow().AddMinutes(1), cancel)).TryGet(out var trades, out _))
            return report;
        var fills = trades.DistinctBy(trade => trade.Id).Where(trade => trade.OrderId == state.OrderId).ToList();
        var whole = fills.Aggregate(Quantity.Zero, (sum, fill) => sum + fill.Quantity) == state.Executed;
        return whole && fills.Select(fill => fill.FeeAsset).Distinct().Count() == 1
            ? report with { Fee = fills.Sum(fill => fill.Fee), FeeAsset = fills[0].FeeAsset } : report;
    }

    // 30041: the type; 30018, 30019, 30051: market orders.
    private static OrderType? RefusedType(OrderIntent intent, Failure refused) =>
        refused.Code is 30041 || (intent.Type == OrderType.Market && refused.Code is 30018 or 30019 or 30051) ? intent.Type : null;
}
