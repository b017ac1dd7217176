using Ballast.Core;
using Ballast.Core.Books;
using BenchmarkDotNet.Attributes;

namespace Ballast.Benchmarks.Parts;

/// <summary>The books' part of a tick that has as much to fold again as books can have.</summary>
public class BooksParts
{
    private readonly Ledger ledger = SteadyBooks.Ledger;
    private readonly Statement nothing = SteadyBooks.Statement(SteadyBooks.Ledger);
    private readonly Statement one = SteadyBooks.Statement(SteadyBooks.Ledger, SteadyBooks.Fill);

    [GlobalSetup]
    public void Check()
    {
        if (ledger.Recent.Length != Ledger.RecentLimit || Update(nothing).Failure is not null || !Update(one).TryGet(out var after, out _)
            || after.NewTrades.Count != 1 || after.Ledger.Standing is not { Balanced: true })
            throw new InvalidOperationException("these books are not what they are meant to be");
    }

    [Benchmark(Description = "books of 128 trades, nothing new")]
    public Result<BooksAfter> NothingNew() => Update(nothing);

    [Benchmark(Description = "books of 128 trades, one more")]
    public Result<BooksAfter> OneTrade() => Update(one);

    // Read anew for every tick, so nothing of it was folded before.
    private Result<BooksAfter> Update(Statement statement) =>
        Bookkeeping.Update(ledger with { Recent = [.. ledger.Recent] }, Equity.None, statement, openingCost: null, TradeSeries.Rules.Pair);
}
