using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Core.Ticks;

/// <summary>
/// What Ballast remembers of one portfolio. Two implementations: Redis (Valkey, Garnet) and memory. Every call throws
/// <see cref="StoreUnavailableException"/> when the store cannot be reached, is too slow, or refuses to work; a write that threw may
/// have been carried out all the same.
/// </summary>
public interface IStore
{
    /// <summary>
    /// Takes the lease for one tick, if no other holds it and the tick was not finished before. Every lease carries a higher epoch than
    /// all before it, and only the newest epoch may write.
    /// </summary>
    /// <param name="holder">Unique for every attempt.</param>
    Task<LeaseAnswer> TakeLeaseAsync(TickId tick, string holder, TimeSpan lifetime);

    /// <summary>Everything a tick needs to know, in one round trip.</summary>
    Task<StoredState> ReadAsync();

    /// <summary>
    /// Writes all of a tick or nothing, and gives the lease back. False when a newer epoch exists: then nothing was written.
    /// </summary>
    Task<bool> CommitAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember);

    /// <summary>
    /// Writes a tick up to its order, on the condition that no halt and no other order stands in the store; the lease is kept, and no answer
    /// is stored. The intent of the order is on record when this returns <see cref="BeginAnswer.Begun"/>, and the order may leave.
    /// </summary>
    Task<BeginAnswer> BeginOrderAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember);

    /// <summary>
    /// Writes what came of the order, stores the answer, and gives the lease back. False when a newer epoch exists: then nothing was written,
    /// and the newer tick finds the intent.
    /// </summary>
    Task<bool> FinishOrderAsync(Lease lease, TickReport report);

    /// <summary>
    /// Writes books alone, outside of a tick, and gives the lease back. False when a newer epoch exists: then nothing was written.
    /// </summary>
    Task<bool> CommitBooksAsync(Lease lease, BooksAfter books, DateTimeOffset now);

    /// <summary>
    /// Replaces books, trades and movements by what the journal gave, outside of a tick, and gives the lease back. The journal stays.
    /// False when a newer epoch exists: then the books are as they were.
    /// </summary>
    Task<bool> RestoreBooksAsync(Lease lease, BooksAfter books, IReadOnlyList<Entry> entries, DateTimeOffset now);

    /// <summary>The ids of the booked trades with <paramref name="from"/> ≤ time &lt; <paramref name="to"/>.</summary>
    Task<IReadOnlySet<string>> TradeIdsAsync(DateTimeOffset from, DateTimeOffset to);

    /// <summary>Everything that was ever booked. It grows for ever, so no ordinary tick reads it.</summary>
    Task<Result<Journal>> ReadJournalAsync();

    /// <summary>Gives the lease back without having written anything. A lease that has passed to another stays with the other.</summary>
    Task ReleaseAsync(Lease lease);
}

/// <param name="Epoch">Strictly higher than that of every lease before.</param>
public sealed record Lease(TickId Tick, string Holder, long Epoch);

public abstract record LeaseAnswer
{
    private LeaseAnswer()
    {
    }

    public sealed record Granted(Lease Lease) : LeaseAnswer;

    /// <param name="RetryAfter">When the other's lease runs out at the latest.</param>
    public sealed record Busy(TimeSpan RetryAfter) : LeaseAnswer;

    /// <param name="Answer">The answer of the finished tick.</param>
    public sealed record Finished(string Answer) : LeaseAnswer;
}

/// <summary>What the store held when the tick began.</summary>
/// <param name="Ledger">Null before the first books; a failure when what is stored cannot be read.</param>
/// <param name="Settings">The owner's run-time overrides of the policy, as written.</param>
/// <param name="Equity">The ends of the equity curve; a failure when what is stored cannot be read.</param>
/// <param name="Rules">Null when they were not remembered, or too long ago.</param>
/// <param name="Trading">What concerns orders; a failure when it cannot be read, and then none leaves.</param>
public sealed record StoredState(
    Result<Ledger?> Ledger,
    Result<Equity> Equity,
    IReadOnlyDictionary<string, string> Settings,
    SymbolRules? Rules,
    Result<StoredTrading> Trading)
{
    /// <summary>Null where nobody is notified of anything, and then it is not read either.</summary>
    public Told? Told { get; init; }
}

/// <summary>What has been told to whoever is notified, so that nobody is told the same thing every tick.</summary>
/// <param name="Topics">What was last told of each topic, in the teller's own words.</param>
/// <param name="Waiting">Notices that are still to be delivered.</param>
public sealed record Told(IReadOnlyDictionary<string, string> Topics, long Waiting);

/// <summary>What the store knows of orders.</summary>
/// <param name="Open">The one that is not settled.</param>
/// <param name="Mode">The mode as it was set while the program ran.</param>
/// <param name="Known">The ids of the newest orders that are settled.</param>
public sealed record StoredTrading(
    OrderIntent? Open, Halt? Halt, ModeChange? Mode, Proposal? Proposal, TradingState State, IReadOnlySet<string> Known)
{
    public static readonly StoredTrading None = new(null, null, null, null, TradingState.New, new HashSet<string>());
}

/// <summary>Whether an order may leave.</summary>
public enum BeginAnswer
{
    /// <summary>Plan and intent are on record.</summary>
    Begun,

    /// <summary>Somebody halted trading while the tick was on its way; nothing was written.</summary>
    Halted,

    /// <summary>Another order stands in the store than the one that this tick has settled; nothing was written.</summary>
    Occupied,

    /// <summary>A newer epoch exists; nothing was written.</summary>
    Overtaken,
}

/// <summary>The store cannot be reached, is too slow, or refuses to work (out of memory, read-only, still loading).</summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException()
    {
    }

    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
