using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Notices;
using Ballast.Tests.Server.Notices;

namespace Ballast.Tests.Server.Store;

/// <summary>Notices lie in the store together with what they are about, or neither does; and one instance at a time delivers them.</summary>
public abstract partial class RespStoreSuite
{
    private static readonly NotifySettings Notified = Telling.Settings();

    [Fact]
    public async Task What_a_tick_tells_is_written_with_it_and_found_by_the_next_one()
    {
        var portfolio = NewRespPortfolio();
        await TickAsync(portfolio, 0, report => report with { Order = Telling.Order(OrderOutcome.Filled) });

        var told = (await portfolio.TellingStore(Notified).ReadAsync()).Told!;
        Assert.Equal((1, "auto"), (told.Waiting, told.Topics["mode"]));
        var content = await portfolio.Outbox(Notified).ClaimAsync("holder");
        var entry = Assert.Single(content!.Entries);
        Assert.Equal((NoticeKind.Order, Severity.Info, entry.Key), (entry.Value!.Notice.Kind, entry.Value.Notice.Severity, entry.Value.Notice.Id));
        Assert.Equal(("20", Sample.Tick(0).Text, Sample.Noon), (entry.Value.Notice.Facts["quantity"], entry.Value.Notice.Tick, entry.Value.Notice.At));
    }

    [Fact]
    public async Task Where_nobody_is_notified_nothing_is_told_read_or_written()
    {
        var portfolio = NewRespPortfolio();
        await portfolio.RunAsync(ReportOf(0, report => report with { Order = Telling.Order(OrderOutcome.Filled) }));
        Assert.Null((await portfolio.Store.ReadAsync()).Told);
        Assert.Equal(0, await portfolio.Raw.KeyExistsAsync([portfolio.Keys.Notices, portfolio.Keys.Outbox]));
    }

    [Fact]
    public async Task A_tick_that_was_overtaken_tells_nothing()
    {
        var portfolio = NewRespPortfolio();
        var store = portfolio.TellingStore(Notified);
        var late = Granted(await store.TakeLeaseAsync(Sample.Tick(0), "late", Moment));
        await portfolio.LeaseRunsOutAsync(Moment);
        await portfolio.LeaseAsync(Sample.Tick(1), "next");
        var before = await portfolio.ContentAsync();
        Assert.False(await store.CommitAsync(late, ReportOf(0, report => report with { Order = Telling.Order(OrderOutcome.Filled) }), null));
        Assert.Equal(before, await portfolio.ContentAsync());
    }

    [Fact]
    public async Task What_is_known_before_an_order_leaves_is_told_with_its_intent_and_the_outcome_with_its_end()
    {
        var portfolio = NewRespPortfolio();
        var store = portfolio.TellingStore(Notified);
        await CommitAsync(portfolio, 0, Quiet with { Open = Intent("ballast-1") });
        var lease = await portfolio.LeaseAsync(Sample.Tick(1));
        var report = ReportOf(1, tick => tick with
        {
            Settled = Done("ballast-1"),
            Order = Telling.Order(OrderOutcome.Unknown),
            Trading = Quiet with { Open = Intent("ballast-2"), Finished = [Done("ballast-1")] },
        });
        Assert.Equal(BeginAnswer.Begun, await store.BeginOrderAsync(lease, report, null));
        Assert.Equal(["an earlier order is settled: BUY 20 QRL: filled"], await TitlesAsync(portfolio));

        // Delivered in the meantime, it is not told again.
        await portfolio.Raw.KeyDeleteAsync(portfolio.Keys.Outbox);
        Assert.True(await store.FinishOrderAsync(lease, report with { Order = Telling.Order(OrderOutcome.Filled), Trading = Quiet with { Finished = [Done("ballast-2")] } }));
        Assert.Equal(["SELL 20 QRL: filled"], await TitlesAsync(portfolio));
    }

    [Fact]
    public async Task One_instance_at_a_time_delivers_and_only_its_holder_says_what_was_delivered()
    {
        var portfolio = NewRespPortfolio();
        await TickAsync(portfolio, 0, report => report with { Order = Telling.Order(OrderOutcome.Filled) });
        var (first, second) = (portfolio.Outbox(Notified), portfolio.Outbox(Notified, other: true));
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(call => (call % 2 == 0 ? first : second).ClaimAsync($"holder-{call}")));
        var content = Assert.Single(claims, claim => claim is not null)!;
        var holder = $"holder-{Array.FindIndex(claims, claim => claim is not null)}";
        var all = content.Entries.ToDictionary(entry => entry.Key, _ => (OutboxEntry?)null);

        Assert.False(await second.SettleAsync("another", all, new Dictionary<string, ChannelState>()));
        Assert.Single(await TitlesAsync(portfolio));
        Assert.True(await first.SettleAsync(holder, all, new Dictionary<string, ChannelState> { ["ntfy"] = ChannelState.New with { Sent = 3 } }));
        Assert.Empty(await TitlesAsync(portfolio));

        var next = await second.ClaimAsync("next");
        Assert.Equal((0, 3), (next!.Entries.Count, next.States["ntfy"].Sent));
        Assert.InRange((await portfolio.Raw.KeyTimeToLiveAsync(portfolio.Keys.OutboxClaim))!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_entry_is_read_back_as_it_was_written_and_one_that_cannot_be_read_is_taken_out()
    {
        var portfolio = NewRespPortfolio();
        var outbox = portfolio.Outbox(Notified);
        var phone = new NtfyChannel(new NtfySettings(new Uri("https://ntfy.sh/"), new Secret("topic"), null, Severity.Info));
        var entry = new OutboxEntry(new Notice("id", NoticeKind.Proposal, Severity.Warning, Exactly, "QRLUSDT", null, "é", "\"\n", new Dictionary<string, string> { ["a"] = "b" }, "key"))
            .With(phone).Refused(phone).Refused(phone);
        await outbox.ClaimAsync("holder");
        await outbox.SettleAsync("holder", new Dictionary<string, OutboxEntry?> { ["id"] = entry }, new Dictionary<string, ChannelState>());
        await portfolio.Raw.HashSetAsync(portfolio.Keys.Outbox, "by hand", "{");

        var read = (await outbox.ClaimAsync("holder"))!.Entries;
        Assert.Null(read["by hand"]);
        Assert.Equal(entry.Notice with { Facts = read["id"]!.Notice.Facts }, read["id"]!.Notice);
        Assert.Equal((true, 2, "b"), (read["id"]!.IsDone(phone), read["id"]!.RefusalsOf(phone), read["id"]!.Notice.Facts["a"]));
    }

    [Fact]
    public async Task Something_else_under_the_keys_of_notices_stops_neither_a_tick_nor_a_halt()
    {
        var portfolio = NewRespPortfolio();
        await portfolio.Raw.StringSetAsync(portfolio.Keys.Outbox, "somebody else's");
        await portfolio.Raw.StringSetAsync(portfolio.Keys.Notices, "somebody else's");
        await TickAsync(portfolio, 0, report => report with { Order = Telling.Order(OrderOutcome.Filled) });
        await portfolio.Controls(always: true).HaltAsync(new Halt(Sample.Noon, "API", "why"), Sample.Noon);
        Assert.NotNull((await TradingAsync(portfolio)).Halt);
        Assert.Equal(0, (await portfolio.TellingStore(Notified).ReadAsync()).Told!.Waiting);
    }

    [Fact]
    public async Task What_an_owner_sets_is_told_with_it_and_not_again_by_the_next_tick()
    {
        var portfolio = NewRespPortfolio();
        var (controls, halt) = (portfolio.Controls(always: true), new Halt(Sample.Noon, "API", "on holiday"));
        await controls.HaltAsync(halt, Sample.Noon);
        await controls.ResumeAsync("API", "back", Sample.Noon.AddSeconds(1));
        await controls.SetModeAsync(new ModeChange(Mode.Observe, Sample.Noon, "API", "watching"), Sample.Noon.AddSeconds(2));
        Assert.Equal(["the mode is observe", "trading goes on", "trading is halted"], await TitlesAsync(portfolio));

        await controls.HaltAsync(halt, Sample.Noon.AddSeconds(3));
        var told = (await portfolio.TellingStore(Notified).ReadAsync()).Told!;
        var report = ReportOf(0, tick => tick with { Mode = Mode.Observe });
        Assert.Empty(new TickNews(portfolio.Symbol, Notified).Of(report with { Before = report.Before! with { Told = told, Trading = StoredTrading.None with { Halt = halt } } }).Notices);
    }

    [Fact]
    public async Task A_command_tells_only_where_ticks_do()
    {
        var portfolio = NewRespPortfolio();
        var controls = portfolio.Controls(always: false);
        await controls.HaltAsync(new Halt(Sample.Noon, "command line", "why"), Sample.Noon);
        Assert.Empty(await TitlesAsync(portfolio));
        await TickAsync(portfolio, 0);
        await controls.ResumeAsync("command line", "why", Sample.Noon);
        Assert.Equal(["trading goes on"], await TitlesAsync(portfolio));
    }

    [Fact]
    public async Task An_update_is_new_once()
    {
        var outbox = NewRespPortfolio().Outbox(Notified);
        Assert.True(await outbox.IsNewUpdateAsync(7, Minute));
        Assert.False(await outbox.IsNewUpdateAsync(7, Minute));
        await outbox.ForgetUpdateAsync(7);
        Assert.True(await outbox.IsNewUpdateAsync(7, Minute));
    }

    private static TickReport ReportOf(int tick, Func<TickReport, TickReport>? with = null) =>
        new Telling().Report(report => (with ?? (same => same))(report with { Request = report.Request with { Id = Sample.Tick(tick) } }));

    private static async Task TickAsync(RespPortfolio portfolio, int tick, Func<TickReport, TickReport>? with = null) =>
        Assert.True(await portfolio.TellingStore(Notified).CommitAsync(await portfolio.LeaseAsync(Sample.Tick(tick)), ReportOf(tick, with), null));

    private static async Task<IEnumerable<string>> TitlesAsync(RespPortfolio portfolio) => (await portfolio.Raw.HashGetAllAsync(portfolio.Keys.Outbox))
        .Select(entry => System.Text.Json.JsonSerializer.Deserialize($"{entry.Value}", OutboxJson.Default.OutboxEntry)!.Notice)
        .Select(notice => notice.Title[(notice.Symbol.Length + 2)..]).Order(StringComparer.Ordinal);
}
