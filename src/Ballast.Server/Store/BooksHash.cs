using System.Collections.Immutable;
using Ballast.Core;
using Ballast.Core.Books;
using StackExchange.Redis;

namespace Ballast.Server.Store;

/// <summary>
/// The books as the fields of the <c>cost</c> and <c>pnl</c> hashes. What an operator looks for stands first under plain names; what the
/// next tick folds its trades onto stands under <c>settled_</c>. Fees in other assets are fields of their own, <c>fee:MX</c>.
/// </summary>
internal static class BooksHash
{
    private const string OtherFee = "fee:";
    private const string SettledOtherFee = "settled_fee:";

    public static HashEntry[] Cost(Ledger ledger, DateTimeOffset now)
    {
        var (cost, opening, settled) = (ledger.Current, ledger.Opening, ledger.Settled);
        List<HashEntry> fields =
        [
            new("avg_cost", Text(cost.Average.Value)),
            new("quantity", Text(cost.Quantity.Value)),
            new("total_invested", Text(cost.Invested.Value)),
            new("fees", Text(cost.Fees.Value)),
            new("realized_pnl", Text(cost.Realized.Value)),
            new("last_trade_time", ledger.LastTrade is { } last ? UtcText.Write(last) : ""),
            new("updated_at", UtcText.Write(now)),
            new("books", ledger.Standing is { Balanced: true } ? "balanced" : "unproven"),
            new("uncovered", Text(cost.Uncovered.Value)),
            new("opening_quantity", Text(opening.Base.Value)),
            new("opening_quote", Text(opening.Quote.Value)),
            new("opening_cost", Text(opening.Cost.Value)),
            new("opening_assumed", opening.Assumed ? "true" : "false"),
            new("opening_at", UtcText.Write(opening.At)),
            new("checked_through", UtcText.Write(ledger.CheckedThrough)),
            new("settled_through", UtcText.Write(ledger.SettledThrough)),
            new("settled_avg_cost", Text(settled.Average.Value)),
            new("settled_quantity", Text(settled.Quantity.Value)),
            new("settled_realized_pnl", Text(settled.Realized.Value)),
            new("settled_fees", Text(settled.Fees.Value)),
            new("settled_uncovered", Text(settled.Uncovered.Value)),
            new("settled_quote_flow", Text(settled.QuoteFlow.Value)),
        ];
        if (ledger.Standing is { Since: { } since } standing)
        {
            fields.Add(new HashEntry("unproven_since", UtcText.Write(since)));
            fields.Add(new HashEntry("unproven_base", Text(standing.BaseDifference.Value)));
            fields.Add(new HashEntry("unproven_quote", Text(standing.QuoteDifference.Value)));
        }
        fields.AddRange(cost.OtherFees.Select(fee => new HashEntry(OtherFee + fee.Key, Text(fee.Value))));
        fields.AddRange(settled.OtherFees.Select(fee => new HashEntry(SettledOtherFee + fee.Key, Text(fee.Value))));
        return [.. fields];
    }

    public static HashEntry[] Profit(ProfitAndLoss profit, DateTimeOffset now)
    {
        List<HashEntry> fields =
        [
            new("realized_pnl", Text(profit.Realized.Value)),
            new("quantity", Text(profit.Quantity.Value)),
            new("updated_at", UtcText.Write(now)),
        ];
        if (profit is { Unrealized: { } unrealized, Total: { } total, Price: { } price })
        {
            fields.Add(new HashEntry("unrealized_pnl", Text(unrealized.Value)));
            fields.Add(new HashEntry("total_pnl", Text(total.Value)));
            fields.Add(new HashEntry("price", Text(price.Value)));
        }
        return [.. fields];
    }

    /// <param name="newest">The newest stored trades, at least all that are not settled.</param>
    /// <returns>Null when there are no books yet; BadData naming the field that cannot be read.</returns>
    public static Result<Ledger?> Read(RedisKey key, HashEntry[] hash, IEnumerable<Trade> newest)
    {
        if (hash.Length == 0)
            return (Ledger?)null;
        var fields = new Fields(key, hash.ToDictionary(field => (string)field.Name!, field => (string)field.Value!, StringComparer.Ordinal));
        var ledger = fields.Ledger(newest);
        return fields.Problem is { } problem ? problem : ledger;
    }

    private static string Text(decimal value) => Decimals.Text(value);

    /// <summary>Reads fields and remembers the first that could not be read.</summary>
    private sealed class Fields(RedisKey key, Dictionary<string, string> values)
    {
        public Failure? Problem { get; private set; }

        public Ledger Ledger(IEnumerable<Trade> newest)
        {
            var settledThrough = Time("settled_through");
            return new Ledger
            {
                Opening = new Opening(
                    new Quantity(Number("opening_quantity")),
                    new Amount(Number("opening_quote")),
                    new Price(Number("opening_cost")),
                    values.GetValueOrDefault("opening_assumed") == "true",
                    Time("opening_at")),
                Settled = AverageCost.Nothing with
                {
                    Quantity = new Quantity(Number("settled_quantity")),
                    Average = new Price(Number("settled_avg_cost")),
                    Realized = new Amount(Number("settled_realized_pnl")),
                    Fees = new Amount(Number("settled_fees")),
                    Uncovered = new Quantity(Number("settled_uncovered")),
                    QuoteFlow = new Amount(Number("settled_quote_flow")),
                    OtherFees = values.Keys.Where(name => name.StartsWith(SettledOtherFee, StringComparison.Ordinal))
                        .ToImmutableSortedDictionary(name => name[SettledOtherFee.Length..], Number),
                },
                SettledThrough = settledThrough,
                CheckedThrough = Time("checked_through"),
                Recent = [.. newest.Where(trade => trade.Time >= settledThrough).Order(Trade.BookOrder)],
                Current = AverageCost.Nothing with
                {
                    Quantity = new Quantity(Number("quantity")),
                    Average = new Price(Number("avg_cost")),
                    Realized = new Amount(Number("realized_pnl")),
                },
                LastTrade = values.GetValueOrDefault("last_trade_time") is { Length: > 0 } ? Time("last_trade_time") : null,
                Standing = values.ContainsKey("unproven_since")
                    ? new Standing(new Quantity(Number("unproven_base")), new Amount(Number("unproven_quote")), new Quantity(Number("uncovered")), Time("unproven_since"))
                    : null,
            };
        }

        private decimal Number(string name)
        {
            if (values.TryGetValue(name, out var text) && Decimals.TryParse(text, out var number))
                return number;
            Misses(name, text, "a number");
            return 0;
        }

        private DateTimeOffset Time(string name)
        {
            if (values.TryGetValue(name, out var text) && UtcText.TryRead(text, out var time))
                return time;
            Misses(name, text, "a time");
            return DateTimeOffset.MinValue;
        }

        private void Misses(string name, string? text, string expected) => Problem ??= Failure.BadData(text is null
            ? $"{key} has no field {name}: it was not written by this version of Ballast; rename the key, and the books will be opened anew"
            : $"field {name} of {key} holds '{text}', which is not {expected}; restore it, or rename the key and the books will be opened anew");
    }
}
