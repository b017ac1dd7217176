using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Planning;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Http;
using Ballast.Server.Store;
using Ballast.Tests.Server.Store;

namespace Ballast.Tests.Server.Explain;

/// <summary>Decisions as the store gives them back: made by the planner, written down, and read again.</summary>
internal static class Recorded
{
    public static StoredPlan Plan(
        Core.Planning.Portfolio portfolio, Policy? policy = null, Quote? quote = null, OrderReport? order = null, Mode mode = Mode.Observe, int number = 0)
    {
        var snapshot = portfolio.Snapshot.TryGet(out var found, out var failure) ? found : throw new InvalidOperationException(failure.Reason);
        return Read(Sample.Report(Sample.Tick(number)) with
        {
            Plan = Planner.Plan(snapshot, policy ?? portfolio.Policy, portfolio.Rules),
            Quote = quote,
            Order = order,
            Mode = mode,
        });
    }

    public static StoredPlan Read(TickReport report) => Read(JsonSerializer.Serialize(StoredPlan.From(report), BallastJson.Default.StoredPlan));

    public static StoredPlan Read(string json) => JsonSerializer.Deserialize(json, BallastJson.Default.StoredPlan)!;

    public static OrderReport Order(OrderOutcome outcome, string reason, decimal executed = 0, params Guard[] guards) => new(
        outcome, "ballast-000000000000000000000001", Side.Sell, OrderType.ImmediateOrCancel, new Quantity(20), new Price(2.475m), new Quantity(executed),
        executed > 0 ? new Price(2.49m) : null, executed > 0 ? 0.0249m : null, reason, guards);
}
