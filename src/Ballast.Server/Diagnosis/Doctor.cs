using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Mexc;
using Ballast.Server.Configuration;
using Ballast.Server.Tasks;

namespace Ballast.Server.Diagnosis;

/// <summary>
/// Looks at everything that Ballast depends on and says of each, in figures, whether it is in order and what to do if not. Nothing is changed by
/// it: it reads, and the one order that it knows is the exchange's test order. Runs only when it is asked.
/// </summary>
internal sealed class Doctor(Patient patient, TimeProvider clock)
{
    /// <summary>How old a price may be that a plan is made from; it was asked for a moment ago.</summary>
    private static readonly TimeSpan FreshPrice = TimeSpan.FromSeconds(20);

    private readonly Settings settings = patient.Settings;

    /// <param name="testOrder">Whether to let the exchange judge an order in <c>observe</c>, too; in the other modes it does.</param>
    public async Task<DoctorAnswer> RunAsync(bool testOrder, CancellationToken cancel)
    {
        var facts = await Facts.GatherAsync(patient, testOrder || settings.Mode != Mode.Observe, clock, cancel);
        DoctorLine[] lines =
        [
            .. Configuration(),
            .. Store(facts),
            .. Exchange(facts),
            .. Account(facts),
            .. Pair(facts),
            .. Access(facts),
            .. Memory(facts),
        ];
        return new DoctorAnswer(
            TaskAnswer.ToMilliseconds(clock.GetUtcNow()), lines, new DoctorSummary(Count(Finding.Passed), Count(Finding.Warned), Count(Finding.Failed)));

        int Count(string status) => lines.Count(line => line.Status == status);
    }

    private IEnumerable<DoctorLine> Configuration()
    {
        foreach (var mistake in patient.Mistakes)
        {
            var (says, fix) = Finding.Apart(mistake, "correct it, and run ballast doctor again");
            yield return Finding.Fail(says, fix).As("configuration");
        }
        if (patient.Mistakes.Count == 0)
            yield return Finding.Pass(
                $"no mistake: {settings.Symbol} on {(patient.OnPaper ? "paper" : "MEXC")}, mode {TaskAnswer.Lower(settings.Mode)}, "
                + $"environment {settings.EnvironmentName}"
                + string.Concat(settings.Notes.Select(note => $". {note.TrimEnd('.')}"))).As("configuration");
    }

    private IEnumerable<DoctorLine> Store(Facts facts)
    {
        var (store, ms) = (facts.Store, facts.Store.Ms);
        if (patient.NoStore is { } reason)
            yield return (IsOfConfiguration(reason)
                ? Finding.Skip(reason)
                : StoreChecks.Store(settings.Store, Failure.Unavailable(reason))).As("store");
        else if (patient.Connection is null)
            yield return Finding.Pass($"embedded, and not begun yet: the first start makes {Path.GetFullPath(settings.Store.DataDirectory)}").As("store");
        else
            yield return StoreChecks.Store(settings.Store, store.Result).As("store", ms);

        foreach (var (name, check) in new (string, Func<StoreSettings, StoreState, Finding>)[]
        {
            ("persistence", StoreChecks.Persistence), ("saving", StoreChecks.Saving), ("eviction", StoreChecks.Eviction),
        })
            yield return ((IsBegun ? store.ValueOr(null) : Unbegun) is { } state ? check(settings.Store, state) : Finding.Skip(NoStore)).As(name);
        yield return (settings.Store.Redis is null || patient.OnPaper
            ? StoreChecks.Disk(settings.Store.DataDirectory) : Finding.Skip("nothing is kept on this machine's disk")).As("disk");
    }

    private IEnumerable<DoctorLine> Exchange(Facts facts)
    {
        var clock = facts.Clock;
        yield return (patient.NoExchange is { } reason
            ? IsOfConfiguration(reason) ? Finding.Skip(reason) : ExchangeChecks.Exchange("the exchange", Failure.Unavailable(reason), patient.OnPaper)
            : ExchangeChecks.Exchange(patient.ExchangeName, clock.Result, patient.OnPaper)).As("exchange", clock.Ms);
        yield return (clock.ValueOr(null) is { } reading ? ExchangeChecks.Clock(reading) : Finding.Skip(NoExchange)).As("clock");
    }

    private IEnumerable<DoctorLine> Account(Facts facts)
    {
        var account = facts.Account;
        var keys = facts.Clock.Result.Failure is not null ? Finding.Skip(NoExchange)
            : patient.NoKeys is { } absent ? Finding.Skip(absent)
            : KeyChecks.Keys(account.Result, patient.OnPaper);
        yield return keys.As("keys", account.Ms);
        var known = account.ValueOr(null);
        var skip = Finding.Skip(keys.Status == Finding.Failed ? "the keys are refused; see keys" : keys.Says);
        const string PlayMoney = "play money";
        yield return (patient.OnPaper ? Finding.Skip(PlayMoney) : known is null ? skip : KeyChecks.Withdrawals(known, facts.Withdrawal.ValueOr(null)))
            .As("withdraw_permission", facts.Withdrawal.Ms);
        yield return (known is null ? skip : KeyChecks.Trading(settings.Mode, known, Right(facts.Orders))).As("trade_permission", facts.Orders.Ms);
        yield return (known is null ? skip : KeyChecks.Deposits(Right(facts.Wallet))).As("wallet_permission", facts.Wallet.Ms);
        yield return (patient.OnPaper ? Finding.Skip(PlayMoney) : KeyChecks.Addresses(letIn: known is not null)).As("ip_restriction");
    }

    private static KeyRight Right(Measured<KeyRight> asked) => asked.Result.TryGet(out var right, out var failure) ? right : new KeyRight(null, failure.Reason);

    private IEnumerable<DoctorLine> Pair(Facts facts)
    {
        var down = facts.Clock.Result.Failure is not null;
        bool? listed = facts.Listed.Result.TryGet(out var among, out _) ? among : null;
        yield return (down ? Finding.Skip(NoExchange) : ExchangeChecks.Symbol(settings.Symbol.Name, facts.Pair.Result, listed)).As("symbol", facts.Pair.Ms);

        var rules = facts.Pair.ValueOr(null)?.Rules;
        var account = facts.Account.ValueOr(null);
        var held = rules is not null && account is not null ? Facts.Balances(rules, account) : null;
        Price? price = facts.Quote.Result.TryGet(out var quote, out _)
            && MarketPrice.Judge(quote, quote.ObservedAt, FreshPrice).TryGet(out var judged, out _) ? judged : null;
        var noRules = Finding.Skip(down ? NoExchange : "the pair's rules are not known; see symbol");
        var overrides = facts.Memory.ValueOr(null)?.Settings ?? new Dictionary<string, string>();
        var plan = PlanNow(rules, held, price, overrides);

        yield return (rules is null ? noRules
            : patient.IsMistaken("Ballast:Policy", "Ballast:Safety") ? Finding.Skip("the policy's settings are mistaken; see configuration")
            : PolicyChecks.Rules(settings.Policy, overrides, settings.Safety, rules, price, plan?.TotalValue)).As("rules");
        yield return Tested(facts, rules).As("test_order", facts.Tested?.Ms);
        yield return (rules is null ? noRules
            : held is var (coins, cash) ? PolicyChecks.Balances(rules, coins, cash, plan)
            : account is not null ? Finding.Fail("the account's balance of the pair cannot be read as a number", "look at the account on the exchange")
            : Finding.Skip(NoAccount)).As("balances");
        yield return (rules is null ? noRules
            : held is var (_, money) ? PolicyChecks.Fees(
                rules, facts.Fee.Result.TryGet(out var fee, out _) ? fee : null,
                facts.InMx.Result.TryGet(out var inMx, out _) ? inMx : null, Mx(account!), money)
            : Finding.Skip(NoAccount)).As("fees", facts.Fee.Ms);
    }

    private Finding Tested(Facts facts, SymbolRules? rules) =>
        facts is { TestOrder: { } order, Tested: { } tested } ? TestOrder.Judge(order, rules!, tested.Result.Failure)
        : facts.Account.ValueOr(null) is null || rules is null ? Finding.Skip(NoAccount)
        : settings.Mode == Mode.Observe ? Finding.Skip(
            "not sent in mode observe",
            "to let the exchange judge an order that is never placed: ballast doctor --test-order")
        : Finding.Skip("not sent: what is free pays for no order, or the market has no price");

    /// <summary>What a tick would decide now; null where that cannot be told.</summary>
    private Plan? PlanNow(SymbolRules? rules, (Balance Coins, Balance Cash)? held, Price? price, IReadOnlyDictionary<string, string> overrides) =>
        rules is not null && held is var (coins, cash) && price is { } known
        && settings.Policy.With(overrides).TryGet(out var policy, out _)
        && Snapshot.Of(known, coins, cash).TryGet(out var snapshot, out _)
        && Planner.Plan(snapshot, policy, rules).TryGet(out var plan, out _) ? plan : null;

    private IEnumerable<DoctorLine> Access(Facts facts)
    {
        var mistaken = patient.IsMistaken("Ballast:Auth") ? Finding.Skip("its settings are mistaken; see configuration") : null;
        yield return (mistaken ?? AccessChecks.Issuer(settings.Auth, facts.Issuer)).As("issuer", facts.Issuer.Ms);
        yield return (mistaken ?? AccessChecks.Callers(settings, IsTicking(facts))).As("callers");
        yield return AccessChecks.Access(settings).As("access");
    }

    private bool IsTicking(Facts facts) => TickChecks.LastTick(settings.Schedule, facts.Ticks, clock.GetUtcNow()).Status == Finding.Passed;

    private IEnumerable<DoctorLine> Memory(Facts facts)
    {
        var now = clock.GetUtcNow();
        StoredTrading? trading = null;
        var state = facts.Memory.ValueOr(null);
        var unread = state is not null && !state.Trading.TryGet(out trading, out var failure) ? failure : null;
        if (!IsBegun)
            (state, trading) = (Nothing, StoredTrading.None);
        var known = facts.History.Result.Failure is null || !IsBegun;
        yield return (known ? TickChecks.LastTick(settings.Schedule, facts.Ticks, now) : Finding.Skip(NoStore)).As("last_tick");
        yield return (known ? TickChecks.LastFailure(facts.Ticks, trading) : Finding.Skip(NoStore)).As("last_failure");
        foreach (var (name, check) in new (string, Func<StoredTrading, Finding>)[]
        {
            ("halt", TickChecks.Halt),
            ("mode", held => TickChecks.Mode(settings.Mode, held)),
            ("unsettled_order", held => TickChecks.UnsettledOrder(held, TickChecks.Interval(settings.Schedule, facts.Ticks), now)),
            ("proposal", held => TickChecks.Proposal(held, now)),
        })
            yield return (trading is not null ? check(trading)
                : unread is not null ? Finding.Fail(
                    $"what concerns orders cannot be read, so none leaves: {unread.Reason}",
                    "rename or delete the key that is named, with redis-cli")
                : Finding.Skip(NoStore)).As(name);
        yield return (state is not null ? TickChecks.Books(state.Ledger) : Finding.Skip(NoStore)).As("books");
    }

    /// <summary>False where the embedded store has never been started.</summary>
    private bool IsBegun => patient.NoStore is not null || patient.Connection is not null;

    private static readonly StoreState Unbegun = new(new RedisInfo(""), null);
    private static readonly StoredState Nothing = new(
        (Core.Books.Ledger?)null, Core.Books.Equity.None, new Dictionary<string, string>(), null, StoredTrading.None);

    private static bool IsOfConfiguration(string reason) => reason.Contains("see configuration", StringComparison.Ordinal);

    private static decimal Mx(AccountState account) => account.Balances.Of("MX").TryGet(out var mx, out _) ? mx.Free : 0;

    private const string NoStore = "the store cannot be looked into; see store";
    private const string NoExchange = "the exchange cannot be asked; see exchange";
    private const string NoAccount = "the account cannot be seen; see keys";
}
