using Ballast.Core;
using Ballast.Core.Books;
using BenchmarkDotNet.Attributes;

namespace Ballast.Benchmarks.Parts;

/// <summary>The books' part of a tick that has as much to fold again as books can have.</summary>
public class BooksParts
{
    private readonly Ledger ledger = SteadyBooks.Ledger;
    private readonly Statement nothing = SteadyBooks.Statement(SteadyBooks.Ledger, Ledger.RecentLimit);
    private readonly Statement one = SteadyBooks.Statement(SteadyBooks.Ledger, Ledger.RecentLimit, SteadyBooks.Fill);

    [Benchmark(Description = "books of 128 trades, nothing new")]
    public Result<BooksAfter> NothingNew() => Update(nothing);

    [Benchmark(Description = "books of 128 trades, one more")]
    public Result<BooksAfter> OneTrade() => Update(one);

    // Read anew for every tick, so nothing of it was folded before.
    private Result<BooksAfter> Update(Statement statement) =>
        Bookkeeping.Update(ledger with { Recent = [.. ledger.Recent] }, Equity.None, statement, openingCost: null, TradeSeries.Rules.Pair);
}
