using System.Globalization;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Planning;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;

namespace Ballast.Tests.Server.Store;

/// <summary>Ticks, trades and books such as a store is asked to keep.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static int portfolios;

    /// <summary>A pair that no test has used before, so that tests share a server without sharing keys.</summary>
    public static Symbol NewSymbol() => Symbol.Parse(string.Create(CultureInfo.InvariantCulture, $"PAIR{Interlocked.Increment(ref portfolios)}"))
        .TryGet(out var symbol, out var failure) ? symbol : throw new InvalidOperationException(failure.Reason);

    public static TickId Tick(int number) => TickId.For("15-min-job", Noon.AddMinutes(15 * number), Noon.AddYears(1), () => "");

    public static SymbolRules Rules(Symbol symbol) => new()
    {
        Symbol = symbol,
        Base = "QRL",
        Quote = "USDT",
        PriceStep = new Price(0.0001m),
        QuantityStep = new Quantity(0.01m),
        MinQuantity = new Quantity(1),
        MinNotional = new Amount(1),
        MaxNotional = new Amount(2_000_000),
        TakerFee = new Ratio(0.0005m),
        BuyBand = new Ratio(0.005m),
        SellBand = new Ratio(0.0075m),
    };

    public static Trade Trade(string id, int minute, decimal quantity = 10, decimal price = 2.5m, decimal fee = 0.025m, string feeAsset = "USDT") => new(
        id, Noon.AddMinutes(minute), Side.Buy, new Price(price), new Quantity(quantity), new Amount(quantity * price), fee, feeAsset, "order-" + id);

    /// <summary>Books opened on these trades and nothing else, balanced, and valued at 3.</summary>
    public static BooksAfter Books(params Trade[] trades) => Books([], trades);

    /// <summary>The same with deposits and withdrawals.</summary>
    public static BooksAfter Books(WalletRow[] wallet, params Trade[] trades)
    {
        var statement = new Statement
        {
            Trades = trades,
            Wallet = wallet,
            Base = new Balance(1000, 0),
            Quote = new Balance(500, 0),
            Price = new Price(3),
            At = Noon.AddHours(1),
        };
        return Bookkeeping.Update(null, Equity.None, statement, new Price(2), new Pair("QRL", "USDT"))
            .TryGet(out var books, out var failure) ? books : throw new InvalidOperationException(failure.Reason);
    }

    /// <summary>A tick whose every step went well.</summary>
    /// <param name="books">Null leaves the books alone.</param>
    public static TickReport Report(TickId id, BooksAfter? books = null) => new()
    {
        Request = new TickRequest(id, "15-min-job", "OIDC", WithBooks: books is not null),
        Mode = Mode.Observe,
        Rules = Rules(NewSymbol()),
        Books = books is null ? (Result<BooksAfter>?)null : books,
        Plan = Plan(),
        Timestamp = Noon.AddMilliseconds(123),
        Duration = TimeSpan.FromMilliseconds(12),
    };

    /// <summary>A tick without a plan, and with or without books.</summary>
    public static TickReport Failed(TickId id, BooksAfter? books) => Report(id) with
    {
        Books = books is null ? Failure.Unavailable("the exchange is down") : books,
        Plan = Failure.Unavailable("the exchange is down"),
    };

    private static Result<Plan> Plan() => Planner.Plan(
        new Snapshot(new Price(2.5m), new Quantity(100), new Quantity(100), new Amount(150), new Amount(150)), Policy.Default, Rules(NewSymbol()));
}
