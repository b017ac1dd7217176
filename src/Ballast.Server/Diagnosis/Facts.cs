using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Mexc;
using Ballast.Server.Store;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using StackExchange.Redis;

namespace Ballast.Server.Diagnosis;

/// <summary>Everything that was asked and answered, before anything is judged. What was not asked, and why not, the patient says.</summary>
internal sealed record Facts
{
    /// <summary>So long an attempt at the store must have taken to be one that was slow, and not one that was turned away.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan SecondChance = TimeSpan.FromSeconds(4);

    /// <summary>How many lines of the history are looked at, for how far ticks are apart.</summary>
    private const int NewestTicks = 9;

    public required Measured<StoreState> Store { get; init; }
    public required Measured<StoredState> Memory { get; init; }

    /// <summary>Newest first.</summary>
    public required Measured<IReadOnlyList<HistoryLine>> History { get; init; }

    public required Measured<OpenIdConnectConfiguration> Issuer { get; init; }
    public required Measured<ClockReading> Clock { get; init; }
    public required Measured<PairState> Pair { get; init; }
    public required Measured<Quote> Quote { get; init; }
    public required Measured<AccountState> Account { get; init; }

    public Measured<bool> Listed { get; init; } = Measured<bool>.NotAsked;
    public Measured<Ratio> Fee { get; init; } = Measured<Ratio>.NotAsked;
    public Measured<bool> InMx { get; init; } = Measured<bool>.NotAsked;
    public Measured<KeyRight> Orders { get; init; } = Measured<KeyRight>.NotAsked;
    public Measured<KeyRight> Wallet { get; init; } = Measured<KeyRight>.NotAsked;
    public Measured<KeyRight> Withdrawal { get; init; } = Measured<KeyRight>.NotAsked;

    /// <summary>Null where the account cannot pay for any.</summary>
    public TestOrder? TestOrder { get; init; }

    /// <summary>Rejected as a failure; null where no test order was sent.</summary>
    public Measured<bool>? Tested { get; init; }

    public IReadOnlyList<HistoryLine> Ticks => History.ValueOr(null) ?? [];

    /// <summary>Asks side by side what can be asked at once; of the signed questions one first, so that a wrong secret is not shown eight times.</summary>
    /// <param name="testOrder">Whether a test order is sent.</param>
    public static async Task<Facts> GatherAsync(Patient patient, bool testOrder, TimeProvider clock, CancellationToken cancel)
    {
        var asking = new Asking(clock, cancel);
        var reached = ReachAsync(patient, asking, clock);
        var store = StoreAsync(patient, reached, asking, clock);
        var (memory, history) = (MemoryAsync(patient, reached, asking), HistoryAsync(patient, reached, asking));
        var issuer = AccessChecks.IsAsked(patient.Settings.Auth) && !patient.IsMistaken("Ballast:Auth")
            ? asking.AskAsync(token => AccessChecks.ReadIssuerAsync(patient.Settings.Auth, token)) : NotAsked<OpenIdConnectConfiguration>();
        var (checkup, symbol) = (patient.Exchange is { } client ? new MexcCheckup(client) : null, patient.Settings.Symbol);
        var reading = checkup is null ? NotAsked<ClockReading>() : asking.AskAsync(token => ClockAsync(checkup, clock, token));
        var pair = checkup is null ? NotAsked<PairState>() : asking.AskAsync(token => checkup.PairAsync(symbol, token));
        var quote = checkup is null ? NotAsked<Quote>() : asking.AskAsync(token => checkup.QuoteAsync(symbol, clock, token));
        var signed = checkup is null || patient.NoKeys is not null ? null : checkup;
        var account = signed is null ? NotAsked<AccountState>() : asking.AskAsync(signed.AccountAsync);
        var facts = new Facts
        {
            Account = await account,
            Pair = await pair,
            Quote = await quote,
            Clock = await reading,
            Store = await store,
            Memory = await memory,
            History = await history,
            Issuer = await issuer,
        };
        return checkup is null || facts.Clock.Result.Failure is not null ? facts : await facts.WithRightsAsync(patient, checkup, testOrder, asking, clock);
    }

    private async Task<Facts> WithRightsAsync(Patient patient, MexcCheckup checkup, bool testOrder, Asking asking, TimeProvider clock)
    {
        var symbol = patient.Settings.Symbol;
        if (Account.ValueOr(null) is not { } account)
            return this with { Listed = await asking.AskAsync(token => checkup.ListedAsync(symbol, own: false, token)) };
        var listed = asking.AskAsync(token => checkup.ListedAsync(symbol, own: true, token));
        var fee = asking.AskAsync(token => checkup.TakerFeeAsync(symbol, token));
        var inMx = asking.AskAsync(checkup.MxDeductionAsync);
        var orders = asking.AskAsync(async token => (Result<KeyRight>)await checkup.ReadingOrdersAsync(symbol, token));
        var wallet = asking.AskAsync(async token => (Result<KeyRight>)await checkup.ReadingWalletAsync(clock.GetUtcNow(), token));
        var withdrawal = account.CanWithdraw == true && !patient.OnPaper
            ? asking.AskAsync(async token => (Result<KeyRight>)await checkup.WithdrawalAsync(token)) : NotAsked<KeyRight>();
        var order = testOrder ? Payable(account) : null;
        var tested = order is null ? null : await asking.AskAsync(async token =>
            await checkup.TestOrderAsync(symbol, order.Side, order.Quantity, order.Price, token) is { } refusal ? refusal : (Result<bool>)true);
        return this with
        {
            TestOrder = order,
            Tested = tested,
            Listed = await listed,
            Fee = await fee,
            InMx = await inMx,
            Orders = await orders,
            Wallet = await wallet,
            Withdrawal = await withdrawal,
        };
    }

    /// <summary>What the account holds of the pair; null where it cannot be read.</summary>
    public static (Balance Coins, Balance Cash)? Balances(SymbolRules rules, AccountState account) =>
        account.Balances.Of(rules.Base).TryGet(out var coins, out _) && account.Balances.Of(rules.Quote).TryGet(out var cash, out _) ? (coins, cash) : null;

    private TestOrder? Payable(AccountState account) =>
        Pair.ValueOr(null) is { } pair && Quote.ValueOr(null) is { } quote && Balances(pair.Rules, account) is var (coins, cash)
            ? TestOrder.For(pair.Rules, quote, coins, cash) : null;

    private static Task<Measured<T>> NotAsked<T>() => Task.FromResult(Measured<T>.NotAsked);

    /// <summary>Asked twice: the first answer waits for the connection, which says nothing of the clock.</summary>
    private static async Task<Result<ClockReading>> ClockAsync(MexcCheckup checkup, TimeProvider clock, CancellationToken cancel)
    {
        var first = await ReadClockAsync(checkup, clock, cancel);
        return first.Failure is null && (await ReadClockAsync(checkup, clock, cancel)).TryGet(out var second, out _) ? second : first;
    }

    private static async Task<Result<ClockReading>> ReadClockAsync(MexcCheckup checkup, TimeProvider clock, CancellationToken cancel)
    {
        var asked = clock.GetUtcNow();
        if (!(await checkup.TimeAsync(cancel)).TryGet(out var theirs, out var failure))
            return failure;
        var round = clock.GetUtcNow() - asked;
        return new ClockReading(theirs - asked - round / 2, round);
    }

    /// <summary>A store that is only slow to be reached is given a second chance: its slowness is told, and not that it is down.</summary>
    private static Task<Measured<bool>> ReachAsync(Patient patient, Asking asking, TimeProvider clock) => patient.Connection is not { } connection
        ? NotAsked<bool>()
        : asking.AskAsync(async _ =>
        {
            var began = clock.GetTimestamp();
            try
            {
                await connection.PingAsync();
            }
            catch (StoreUnavailableException) when (clock.GetElapsedTime(began) > Slow)
            {
                await connection.CallAsync(database => database.PingAsync(), SecondChance);
            }
            return (Result<bool>)true;
        });

    private static async Task<Measured<StoreState>> StoreAsync(Patient patient, Task<Measured<bool>> reached, Asking asking, TimeProvider clock)
    {
        var answered = await reached;
        if (answered.Result.Failure is { } failure)
            return new Measured<StoreState>(failure, answered.Ms);
        var connection = patient.Connection!;
        var shown = await asking.AskAsync<StoreState>(async _ =>
        {
            var latency = await connection.PingAsync();
            await using var own = patient.OpenInspection(clock);
            var info = await OrNullAsync(own ?? connection, database => database.ExecuteAsync("INFO"));
            var save = patient.Settings.Store.Redis is null ? null
                : await OrNullAsync(own ?? connection, database => database.ExecuteAsync("CONFIG", "GET", "save"));
            return new StoreState(new RedisInfo((string?)info ?? ""), (RedisResult[]?)save is [_, var snapshots] ? (string?)snapshots : null, latency);
        });
        return shown with { Ms = answered.Ms };
    }

    /// <summary>A managed store forbids what it likes; that is no outage.</summary>
    private static async Task<RedisResult?> OrNullAsync(RedisConnection connection, Func<IDatabase, Task<RedisResult>> call)
    {
        try
        {
            return await connection.CallAsync(call);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    private static Task<Measured<StoredState>> MemoryAsync(Patient patient, Task<Measured<bool>> reached, Asking asking) => patient.Connection is null
        ? NotAsked<StoredState>()
        : asking.AskAsync(async _ => (await reached).Result.Failure is { } failure ? failure : (Result<StoredState>)await patient.Memory.ReadAsync());

    private static Task<Measured<IReadOnlyList<HistoryLine>>> HistoryAsync(Patient patient, Task<Measured<bool>> reached, Asking asking) =>
        patient.Connection is not { } connection ? NotAsked<IReadOnlyList<HistoryLine>>() : asking.AskAsync<IReadOnlyList<HistoryLine>>(async _ =>
        {
            if ((await reached).Result.Failure is { } failure)
                return failure;
            var lines = await connection.CallAsync(database => database.ListRangeAsync(patient.Keys.History, 0, NewestTicks - 1));
            return Result<IReadOnlyList<HistoryLine>>.Of([.. lines.Select(line => HistoryLine.Read(line)).OfType<HistoryLine>()]);
        });
}
