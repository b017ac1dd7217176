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
    private const string Balanced = "balanced";
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
            new("books", Word(ledger)),
            new("uncovered", Text(cost.Uncovered.Value)),
            new("base_asset", opening.Pair.Base),
            new("quote_asset", opening.Pair.Quote),
            new("opening_quantity", Text(opening.Base.Value)),
            new("opening_quote", Text(opening.Quote.Value)),
            new("opening_missing", Text(opening.Missing.Value)),
            new("opening_cost", Text(opening.Cost.Value)),
            new("opening_assumed", opening.Assumed ? "true" : "false"),
            new("opening_at", UtcText.Write(opening.At)),
            new("first_base", Text(opening.FirstBase.Value)),
            new("first_quote", Text(opening.FirstQuote.Value)),
            new("wallet_from", UtcText.Write(opening.WalletFrom)),
            new("wallet_through", UtcText.Write(ledger.WalletThrough)),
            new("checked_through", UtcText.Write(ledger.CheckedThrough)),
            new("settled_through", UtcText.Write(ledger.SettledThrough)),
            new("settled_count", ledger.SettledCount),
            new("settled_avg_cost", Text(settled.Average.Value)),
            new("settled_quantity", Text(settled.Quantity.Value)),
            new("settled_realized_pnl", Text(settled.Realized.Value)),
            new("settled_fees", Text(settled.Fees.Value)),
            new("settled_uncovered", Text(settled.Uncovered.Value)),
            new("settled_uncovered_sold", Text(settled.UncoveredSold.Value)),
            new("settled_uncovered_proceeds", Text(settled.UncoveredProceeds.Value)),
            new("settled_flows", string.Join(' ', StoredFlows.Write(settled.Flows).Select(Text))),
        ];
        fields.AddRange(Doubts(ledger));
        fields.AddRange(cost.OtherFees.Select(fee => new HashEntry(OtherFee + fee.Key, Text(fee.Value))));
        fields.AddRange(settled.OtherFees.Select(fee => new HashEntry(SettledOtherFee + fee.Key, Text(fee.Value))));
        return [.. fields];
    }

    /// <summary>What is not as it should be; none of these fields is there when all is.</summary>
    private static IEnumerable<HashEntry> Doubts(Ledger ledger)
    {
        if (ledger.Standing is { Since: { } since } standing)
        {
            yield return new HashEntry("unproven_since", UtcText.Write(since));
            yield return new HashEntry("unproven_base", Text(standing.BaseDifference.Value));
            yield return new HashEntry("unproven_quote", Text(standing.QuoteDifference.Value));
        }
        if (ledger.Gap is { } gap)
        {
            yield return new HashEntry("gap_from", UtcText.Write(gap.From));
            yield return new HashEntry("gap_to", UtcText.Write(gap.To));
            if (gap.Reason is { } reason)
                yield return new HashEntry("gap_reason", reason);
        }
        if (ledger.SearchedAt is { } searched)
            yield return new HashEntry("searched_at", UtcText.Write(searched));
        if (ledger.WalletProblem is { } problem)
            yield return new HashEntry("wallet_problem", problem);
    }

    public static HashEntry[] Profit(BooksAfter books, DateTimeOffset now)
    {
        var profit = books.Profit;
        List<HashEntry> fields =
        [
            new("realized_pnl", Text(profit.Realized.Value)),
            new("quantity", Text(profit.Quantity.Value)),
            new("books", Word(books.Ledger)),
            new("updated_at", UtcText.Write(now)),
        ];
        if (profit is { Unrealized: { } unrealized, Total: { } total, Price: { } price })
        {
            fields.Add(new HashEntry("unrealized_pnl", Text(unrealized.Value)));
            fields.Add(new HashEntry("total_pnl", Text(total.Value)));
            fields.Add(new HashEntry("price", Text(price.Value)));
        }
        if (books.Causes is { } causes)
            fields.AddRange(Causes(causes));
        return [.. fields];
    }

    private static IEnumerable<HashEntry> Causes(ProfitByCause causes) =>
    [
        new("since", UtcText.Write(causes.Start.At)),
        new("change", Text(causes.Total.Value)),
        new("market", Text(causes.Market.Value)),
        new("rebalancing", Text(causes.Rebalancing.Value)),
        new("fees", Text(causes.Fees.Value)),
        new("transfers", Text(causes.Transfers.Value)),
        new("corrections", Text(causes.Corrections.Value)),
        new("unproven", Text(causes.Unproven.Value)),
        new("buy_and_hold", Text(causes.BuyAndHold.Value)),
        new("all_quote", Text(causes.AllQuote.Value)),
        new("outside_fees", Text(causes.OutsideFees.Value)),
    ];

    /// <param name="newest">The newest stored trades, at least all that are not settled.</param>
    /// <param name="movements">The newest stored movements, the same.</param>
    /// <returns>Null when there are no books yet; BadData naming the field that cannot be read.</returns>
    public static Result<Ledger?> Read(RedisKey key, HashEntry[] hash, IReadOnlyList<Trade> newest, IReadOnlyList<Movement> movements)
    {
        if (hash.Length == 0)
            return (Ledger?)null;
        var fields = new Fields(key, hash.ToDictionary(field => (string)field.Name!, field => (string)field.Value!, StringComparer.Ordinal));
        var ledger = fields.Ledger(newest, movements);
        return fields.Problem is { } problem ? problem : ledger;
    }

    /// <summary>Stands beside every profit, so that an unproven one is never read as a proven one.</summary>
    private static string Word(Ledger ledger) => ledger.Standing is { Balanced: true } ? Balanced : "unproven";

    private static string Text(decimal value) => Decimals.Text(value);

    /// <summary>Reads fields and remembers the first that could not be read.</summary>
    private sealed class Fields(RedisKey key, Dictionary<string, string> values)
    {
        public Failure? Problem { get; private set; }

        public Ledger Ledger(IReadOnlyList<Trade> newest, IReadOnlyList<Movement> movements)
        {
            var settledThrough = Time("settled_through");
            return new Ledger
            {
                Opening = Opening(),
                Settled = Settled(),
                SettledCount = (long)Number("settled_count"),
                SettledThrough = settledThrough,
                CheckedThrough = Time("checked_through"),
                WalletThrough = Time("wallet_through"),
                Recent = [.. newest.Concat<Entry>(movements).Where(entry => entry.Time >= settledThrough).Order(Entry.BookOrder)],
                Movements = [.. movements.Order(Entry.BookOrder).Cast<Movement>()],
                Current = AverageCost.Nothing with
                {
                    Quantity = new Quantity(Number("quantity")),
                    Average = new Price(Number("avg_cost")),
                    Realized = new Amount(Number("realized_pnl")),
                    Uncovered = new Quantity(Number("uncovered")),
                },
                LastTrade = values.GetValueOrDefault("last_trade_time") is { Length: > 0 } ? Time("last_trade_time") : null,
                Gap = Gap,
                SearchedAt = values.ContainsKey("searched_at") ? Time("searched_at") : null,
                WalletProblem = values.GetValueOrDefault("wallet_problem"),
                Standing = values.ContainsKey("unproven_since")
                    ? new Standing(
                        new Quantity(Number("unproven_base")),
                        new Amount(Number("unproven_quote")),
                        new Quantity(Number("uncovered")),
                        Gap,
                        Time("unproven_since"))
                    : values.GetValueOrDefault("books") == Balanced ? new Standing(Quantity.Zero, Amount.Zero, Quantity.Zero, null, null) : null,
            };
        }

        private Gap? Gap => values.ContainsKey("gap_from") ? new Gap(Time("gap_from"), Time("gap_to"), values.GetValueOrDefault("gap_reason")) : null;

        private Opening Opening() => new()
        {
            At = Time("opening_at"),
            Pair = new Pair(Text("base_asset"), Text("quote_asset")),
            FirstBase = new Quantity(Number("first_base")),
            FirstQuote = new Amount(Number("first_quote")),
            Cost = new Price(Number("opening_cost")),
            Assumed = values.GetValueOrDefault("opening_assumed") == "true",
            WalletFrom = Time("wallet_from"),
            Base = new Quantity(Number("opening_quantity")),
            Quote = new Amount(Number("opening_quote")),
            Missing = new Quantity(Number("opening_missing")),
        };

        private AverageCost Settled() => AverageCost.Nothing with
        {
            Quantity = new Quantity(Number("settled_quantity")),
            Average = new Price(Number("settled_avg_cost")),
            Realized = new Amount(Number("settled_realized_pnl")),
            Fees = new Amount(Number("settled_fees")),
            Uncovered = new Quantity(Number("settled_uncovered")),
            UncoveredSold = new Quantity(Number("settled_uncovered_sold")),
            UncoveredProceeds = new Amount(Number("settled_uncovered_proceeds")),
            Flows = StoredFlows.Read(Numbers("settled_flows")),
            OtherFees = values.Keys.Where(name => name.StartsWith(SettledOtherFee, StringComparison.Ordinal))
                .ToImmutableSortedDictionary(name => name[SettledOtherFee.Length..], Number),
        };

        private decimal Number(string name)
        {
            if (values.TryGetValue(name, out var text) && Decimals.TryParse(text, out var number))
                return number;
            Misses(name, text, "a number");
            return 0;
        }

        private string Text(string name)
        {
            if (values.TryGetValue(name, out var text) && text.Length > 0)
                return text;
            Misses(name, text, "an asset");
            return "";
        }

        private decimal[] Numbers(string name)
        {
            var words = values.GetValueOrDefault(name)?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var numbers = words?.Select(word => Decimals.TryParse(word, out var number) ? number : (decimal?)null).ToList();
            if (numbers is not null && numbers.All(number => number is not null))
                return [.. numbers.Select(number => number!.Value)];
            Misses(name, values.GetValueOrDefault(name), "a row of numbers");
            return [];
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
