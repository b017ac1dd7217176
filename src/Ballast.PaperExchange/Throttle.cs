using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Ballast.PaperExchange;

/// <summary>
/// Too many requests are refused with 429 and the seconds to wait; who keeps asking in spite of that is shut out for a while with 418.
/// Keyed endpoints are counted for the account, all others for the address that asks.
/// </summary>
internal sealed class Throttle(PaperExchangeOptions options, TimeProvider clock)
{
    private const string Text = "Too Many Requests";

    // How patient the original is was never recorded; its documents speak of two minutes to three days.
    private const int Patience = 10;
    private static readonly TimeSpan Ban = TimeSpan.FromMinutes(2);

    private readonly Lock changing = new();
    private readonly Dictionary<string, Caller> callers = new(StringComparer.Ordinal);

    private readonly record struct Refusal(int Status, TimeSpan RetryAfter);

    private sealed class Caller
    {
        private readonly RequestBudget all = new(300, TimeSpan.FromSeconds(10));
        private readonly RequestBudget orders = new(12, TimeSpan.FromSeconds(1));
        private readonly Dictionary<string, RequestBudget> single = new(StringComparer.Ordinal)
        {
            ["GET account"] = new(2, TimeSpan.FromSeconds(1)),
            ["POST batchOrders"] = new(2, TimeSpan.FromSeconds(1)),
        };

        private DateTimeOffset askedToWaitUntil;
        private DateTimeOffset bannedUntil;
        private int ignored;

        public Refusal? Admit(string name, RequestCost cost, DateTimeOffset now)
        {
            if (now < bannedUntil)
                return new(StatusCodes.Status418ImATeapot, bannedUntil - now);
            var wait = Budgets(name, cost).Max(entry => entry.Budget.WaitFor(entry.Weight, now));
            if (wait > TimeSpan.Zero)
                return Refuse(wait, now);
            foreach (var (budget, weight) in Budgets(name, cost))
                budget.Spend(weight, now);
            return null;
        }

        private Refusal Refuse(TimeSpan wait, DateTimeOffset now)
        {
            ignored = now < askedToWaitUntil ? ignored + 1 : 0;
            if (ignored >= Patience)
            {
                (bannedUntil, ignored) = (now + Ban, 0);
                return new(StatusCodes.Status418ImATeapot, Ban);
            }
            askedToWaitUntil = now + wait;
            return new(StatusCodes.Status429TooManyRequests, wait);
        }

        private IEnumerable<(RequestBudget Budget, int Weight)> Budgets(string name, RequestCost cost)
        {
            yield return (all, cost.Weight);
            if (cost.IsOrder)
                yield return (orders, 1);
            if (single.TryGetValue(name, out var own))
                yield return (own, 1);
        }
    }

    public async Task Limit(HttpContext context, RequestDelegate next)
    {
        if (Admit(context) is not { } refusal)
        {
            await next(context);
            return;
        }
        context.Response.Headers.RetryAfter = Math.Ceiling(refusal.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await Wire.TurnAwayAsync(context, refusal.Status, StatusCodes.Status429TooManyRequests, Text);
    }

    private Refusal? Admit(HttpContext context)
    {
        var cost = RequestCost.Of(context.Request);
        var pays = cost.IsKeyed && context.Request.Headers[Gate.KeyHeader] == options.ApiKey
            ? "the account"
            : context.Connection.RemoteIpAddress?.ToString() ?? string.Empty;
        lock (changing)
        {
            if (!callers.TryGetValue(pays, out var caller))
                callers[pays] = caller = new Caller();
            return caller.Admit(RequestCost.NameOf(context.Request), cost, clock.GetUtcNow());
        }
    }
}
