using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using CsCheck;

namespace Ballast.Tests.Server.Store;

/// <summary>What every store promises a tick, whatever it is made of.</summary>
public abstract partial class StoreSuite
{
    protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    protected static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(60);

    /// <summary>One that nobody has used.</summary>
    protected abstract Portfolio NewPortfolio();

    /// <summary>How many random cases are worth their time here.</summary>
    protected virtual int Cases => 40;

    [Fact]
    public async Task Of_200_simultaneous_calls_one_is_granted_and_after_the_commit_all_get_its_answer()
    {
        var portfolio = NewPortfolio();
        var tick = Sample.Tick(0);
        IStore[] instances = [portfolio.Store, portfolio.OtherInstance];
        Task<LeaseAnswer[]> All() => Task.WhenAll(Enumerable.Range(0, 200).Select(call => instances[call % 2].TakeLeaseAsync(tick, $"holder-{call}", Minute)));

        var answers = await All();
        var lease = Assert.Single(answers.OfType<LeaseAnswer.Granted>()).Lease;
        Assert.Equal(199, answers.OfType<LeaseAnswer.Busy>().Count(busy => busy.RetryAfter > TimeSpan.Zero && busy.RetryAfter <= Minute));

        Assert.True(await portfolio.Store.CommitAsync(lease, Sample.Report(tick), null));
        var repeats = (await All()).Cast<LeaseAnswer.Finished>().Select(finished => finished.Answer).Distinct();
        Assert.Contains(tick.Text, Assert.Single(repeats), StringComparison.Ordinal);
        Assert.Equal(1, await portfolio.HistoryLengthAsync());
    }

    [Fact]
    public async Task Of_200_simultaneous_ticks_one_runs_at_a_time()
    {
        var portfolio = NewPortfolio();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(tick => portfolio.Store.TakeLeaseAsync(Sample.Tick(tick), $"holder-{tick}", Minute)));
        Assert.Single(answers.OfType<LeaseAnswer.Granted>());
        Assert.Equal(199, answers.OfType<LeaseAnswer.Busy>().Count());
    }

    [Fact]
    public async Task Every_lease_has_a_higher_epoch_than_all_before_it()
    {
        var portfolio = NewPortfolio();
        var epochs = new List<long>();

        var committed = await portfolio.LeaseAsync(Sample.Tick(0));
        Assert.True(await portfolio.Store.CommitAsync(committed, Sample.Report(Sample.Tick(0)), null));
        var released = await portfolio.LeaseAsync(Sample.Tick(1));
        await portfolio.Store.ReleaseAsync(released);
        var expired = Granted(await portfolio.Store.TakeLeaseAsync(Sample.Tick(1), "second", Moment));
        await portfolio.LeaseRunsOutAsync(Moment);
        var last = await portfolio.LeaseAsync(Sample.Tick(2), "third");

        epochs.AddRange([committed.Epoch, released.Epoch, expired.Epoch, last.Epoch]);
        Assert.Equal(epochs.Distinct().Order(), epochs);
    }

    [Fact]
    public async Task A_refused_call_does_not_fence_out_the_tick_that_is_running()
    {
        var portfolio = NewPortfolio();
        var running = await portfolio.LeaseAsync(Sample.Tick(0));
        Assert.IsType<LeaseAnswer.Busy>(await portfolio.OtherInstance.TakeLeaseAsync(Sample.Tick(1), "second", Minute));
        Assert.True(await portfolio.Store.CommitAsync(running, Sample.Report(Sample.Tick(0)), null));
    }

    [Fact]
    public async Task A_commit_gives_the_lease_back()
    {
        var portfolio = NewPortfolio();
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0)));
        await portfolio.LeaseAsync(Sample.Tick(1));
    }

    [Fact]
    public async Task Released_without_a_commit_the_same_tick_can_be_run_again()
    {
        var portfolio = NewPortfolio();
        await portfolio.Store.ReleaseAsync(await portfolio.LeaseAsync(Sample.Tick(0)));
        await portfolio.LeaseAsync(Sample.Tick(0), "second");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_holder_whose_lease_ran_out_and_was_taken_writes_nothing_at_all(int nextTick)
    {
        var portfolio = NewPortfolio();
        await portfolio.SetAsync("threshold", "0.02");
        await portfolio.RunAsync(Sample.Report(Sample.Tick(2), Sample.Books(Sample.Trade("1", 0))));
        var late = Granted(await portfolio.Store.TakeLeaseAsync(Sample.Tick(0), "late", Moment));
        await portfolio.LeaseRunsOutAsync(Moment);
        var next = Granted(await portfolio.OtherInstance.TakeLeaseAsync(Sample.Tick(nextTick), "next", Minute));

        var before = await portfolio.ContentAsync();
        Assert.False(await portfolio.Store.CommitAsync(late, Sample.Report(late.Tick, Sample.Books(Sample.Trade("2", 1))), Sample.Rules(portfolio.Symbol)));
        Assert.Equal(before, await portfolio.ContentAsync());
        Assert.True(await portfolio.OtherInstance.CommitAsync(next, Sample.Report(next.Tick), null));

        // Not even when the newer tick has given its lease back.
        Assert.False(await portfolio.Store.CommitAsync(late, Sample.Report(late.Tick), null));
    }

    [Fact]
    public async Task A_lease_that_ran_out_and_that_nobody_took_still_commits()
    {
        var portfolio = NewPortfolio();
        var late = Granted(await portfolio.Store.TakeLeaseAsync(Sample.Tick(0), "late", Moment));
        await portfolio.LeaseRunsOutAsync(Moment);
        Assert.True(await portfolio.Store.CommitAsync(late, Sample.Report(Sample.Tick(0)), null));
    }

    [Fact]
    public async Task The_old_holder_cannot_release_the_lease_of_the_new_one()
    {
        var portfolio = NewPortfolio();
        var old = Granted(await portfolio.Store.TakeLeaseAsync(Sample.Tick(0), "old", Moment));
        await portfolio.LeaseRunsOutAsync(Moment);
        await portfolio.LeaseAsync(Sample.Tick(1), "new");

        await portfolio.Store.ReleaseAsync(old);
        Assert.IsType<LeaseAnswer.Busy>(await portfolio.Store.TakeLeaseAsync(Sample.Tick(2), "third", Minute));
    }

    [Fact]
    public async Task A_store_that_nobody_has_written_to_is_empty()
    {
        var state = await NewPortfolio().Store.ReadAsync();
        Assert.True(state.Ledger.TryGet(out var ledger, out _));
        Assert.Null(ledger);
        Assert.Empty(state.Settings);
        Assert.Null(state.Rules);
    }

    [Fact]
    public Task Random_books_are_read_back_to_the_last_digit() => AnyBooks.Ledgers.SampleAsync(async ledger =>
    {
        var portfolio = NewPortfolio();
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0), new BooksAfter(
            ledger,
            new ProfitAndLoss(ledger.Current.Realized, null, null, ledger.Current.Quantity),
            [.. ledger.Recent.OfType<Trade>()],
            ledger.Movements)));
        AnyBooks.AssertSame(ledger, await LedgerAsync(portfolio));
    }, iter: Cases);

    [Fact]
    public async Task Books_read_back_go_on_as_if_they_had_never_been_away()
    {
        var portfolio = NewPortfolio();
        var books = Sample.Books(Sample.Trade("1", 0, fee: 0.3m, feeAsset: "MX"), Sample.Trade("2", 5, price: 1 / 3m));
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0), books));

        var read = await LedgerAsync(portfolio);
        Assert.True(read.Coherent());
        Trade[] rows = [Sample.Trade("3", 7, price: 2 / 3m), Sample.Trade("1", 0)];
        var added = read.Unknown(rows);
        Assert.Equal("3", Assert.Single(added).Id);
        var (expected, actual) = (books.Ledger.Add(added, null, Sample.Noon.AddHours(2)), read.Add(added, null, Sample.Noon.AddHours(2)));
        AnyBooks.AssertSame(expected, actual);
        Assert.Equal((expected.Current.Fees, expected.Current.Flows), (actual.Current.Fees, actual.Current.Flows));
        Assert.Equal(expected.Current.OtherFees.AsEnumerable(), actual.Current.OtherFees);
    }

    [Fact]
    public async Task The_journal_gives_the_books_again()
    {
        var portfolio = NewPortfolio();
        var books = Sample.Books(
            [new WalletRow("deposit:1", Sample.Noon.AddMinutes(3), "QRL", 7, WalletState.Done)],
            Sample.Trade("1", 0, fee: 0.3m, feeAsset: "MX"), Sample.Trade("2", 5, price: 1 / 3m));
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0), books));

        Assert.True((await portfolio.Store.ReadJournalAsync()).TryGet(out var journal, out var failure), failure?.Reason);
        Assert.Equal(["1", "2", "deposit:1"], journal.Entries.Select(entry => entry.Id));
        var indexed = await portfolio.Store.TradeIdsAsync(Sample.Noon, Sample.Noon.AddDays(1));
        Assert.Equal(["1", "2"], indexed.Order(StringComparer.Ordinal));
        Assert.Empty(Audit.Of(await LedgerAsync(portfolio), journal, indexed, Sample.Noon.AddHours(1)).Discrepancies);
    }

    [Fact]
    public async Task Trade_ids_are_those_of_a_time_without_its_end()
    {
        var portfolio = NewPortfolio();
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0), Sample.Books([.. Enumerable.Range(0, 5).Select(minute => Sample.Trade($"{minute}", minute))])));
        Assert.Equal(["1", "2"], (await portfolio.Store.TradeIdsAsync(Sample.Noon.AddMinutes(1), Sample.Noon.AddMinutes(3))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Books_can_be_written_outside_of_a_tick_and_only_by_the_newest_epoch()
    {
        var portfolio = NewPortfolio();
        var books = Sample.Books(Sample.Trade("1", 0));
        var first = await portfolio.LeaseAsync(Sample.Tick(0));
        Assert.True(await portfolio.Store.CommitBooksAsync(first, books, Sample.Noon));
        AnyBooks.AssertSame(books.Ledger, await LedgerAsync(portfolio));

        await portfolio.LeaseAsync(Sample.Tick(0));
        var before = await portfolio.ContentAsync();
        Assert.False(await portfolio.Store.CommitBooksAsync(first, Sample.Books(Sample.Trade("2", 0)), Sample.Noon));
        Assert.False(await portfolio.Store.RestoreBooksAsync(first, Sample.Books(Sample.Trade("2", 0)), [Sample.Trade("2", 0)], Sample.Noon));
        Assert.Equal(before, await portfolio.ContentAsync());
    }

    [Fact]
    public async Task The_curve_keeps_its_start_and_its_newest_point()
    {
        var portfolio = NewPortfolio();
        var start = Sample.Books(Sample.Trade("1", 0));
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0), start));
        var later = start.NewPoint! with { At = Sample.Noon.AddHours(2), Price = new Price(4), Flows = start.NewPoint.Flows with { QuoteCorrected = new Amount(-1) } };
        await portfolio.RunAsync(Sample.Report(Sample.Tick(1), start with
        {
            OpeningStated = false,
            NewTrades = [],
            NewPoint = later,
            PreviousPoint = start.NewPoint,
            Equity = start.Equity with { Last = later },
        }));

        Assert.True((await portfolio.Store.ReadAsync()).Equity.TryGet(out var equity, out var failure), failure?.Reason);
        Assert.Equal(new Equity(start.NewPoint, later), equity);
    }

    [Fact]
    public async Task Rules_and_settings_are_read_back_as_written()
    {
        var portfolio = NewPortfolio();
        var rules = Sample.Rules(portfolio.Symbol) with { QuantityStep = new Quantity(0.0000000000000000000000000001m), MaxNotional = null };
        await portfolio.SetAsync("target_ratio", "60%");
        await portfolio.SetAsync("a name that means nothing", "as written ");
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0)), rules);

        var state = await portfolio.Store.ReadAsync();
        Assert.Equal(rules, state.Rules);
        Assert.Equal(new SortedDictionary<string, string> { ["a name that means nothing"] = "as written ", ["target_ratio"] = "60%" }, new SortedDictionary<string, string>(state.Settings.ToDictionary()));
    }

    [Fact]
    public async Task A_commit_without_rules_leaves_the_remembered_ones()
    {
        var portfolio = NewPortfolio();
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0)), Sample.Rules(portfolio.Symbol));
        await portfolio.RunAsync(Sample.Report(Sample.Tick(1)));
        Assert.Equal(Sample.Rules(portfolio.Symbol), (await portfolio.Store.ReadAsync()).Rules);
    }

    [Fact]
    public async Task A_tick_that_leaves_the_books_alone_leaves_them_as_they_were()
    {
        var portfolio = NewPortfolio();
        var books = Sample.Books(Sample.Trade("1", 0));
        await portfolio.RunAsync(Sample.Report(Sample.Tick(0), books));
        await portfolio.RunAsync(Sample.Report(Sample.Tick(1)));
        await portfolio.RunAsync(Sample.Failed(Sample.Tick(2), null));
        AnyBooks.AssertSame(books.Ledger, await LedgerAsync(portfolio));
    }

    [Fact]
    public async Task A_tick_of_no_use_is_in_the_history_and_can_be_run_again()
    {
        var portfolio = NewPortfolio();
        await portfolio.RunAsync(Sample.Failed(Sample.Tick(0), null));
        Assert.Equal(1, await portfolio.HistoryLengthAsync());
        await portfolio.LeaseAsync(Sample.Tick(0), "second");
    }

    [Fact]
    public async Task A_tick_that_was_of_some_use_is_finished()
    {
        var portfolio = NewPortfolio();
        await portfolio.RunAsync(Sample.Failed(Sample.Tick(0), Sample.Books()));
        Assert.IsType<LeaseAnswer.Finished>(await portfolio.Store.TakeLeaseAsync(Sample.Tick(0), "second", Minute));
    }

    protected static Lease Granted(LeaseAnswer answer) => Assert.IsType<LeaseAnswer.Granted>(answer).Lease;

    private static async Task<Ledger> LedgerAsync(Portfolio portfolio)
    {
        Assert.True((await portfolio.Store.ReadAsync()).Ledger.TryGet(out var ledger, out var failure), failure?.Reason);
        return Assert.IsType<Ledger>(ledger);
    }
}
