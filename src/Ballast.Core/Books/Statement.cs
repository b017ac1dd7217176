using Ballast.Core.Trading;

namespace Ballast.Core.Books;

/// <summary>Everything that the exchange reported for the books in one tick, and what the store was asked for besides.</summary>
public sealed record Statement
{
    /// <summary>Every trade the books may lack, in any order, with any duplicates; none that is in the settled books.</summary>
    public required IReadOnlyCollection<Trade> Trades { get; init; }

    /// <summary>Deposits and withdrawals; a failure leaves the books without them, and says why.</summary>
    public required Result<IReadOnlyCollection<WalletRow>> Wallet { get; init; }

    public required Balance Base { get; init; }
    public required Balance Quote { get; init; }

    /// <summary>The price to value at; null when there is none, and then unrealised profit is unknown.</summary>
    public required Price? Price { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Quote per unit of each asset that new fees were paid in, as far as known.</summary>
    public IReadOnlyDictionary<string, Price> FeePrices { get; init; } = new Dictionary<string, Price>();

    /// <summary>Quote per coin at the times of new wallet rows, by their id, as far as known.</summary>
    public IReadOnlyDictionary<string, Price> RowPrices { get; init; } = new Dictionary<string, Price>();

    /// <summary>Why the store cannot be what it should be; null when nothing speaks against it.</summary>
    public string? Doubt { get; init; }

    /// <summary>Every entry booked so far; null unless the books have to be folded anew.</summary>
    public IReadOnlyList<Entry>? Journal { get; init; }
}
