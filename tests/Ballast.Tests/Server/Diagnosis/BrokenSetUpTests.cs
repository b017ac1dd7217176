using System.Text.Json.Nodes;

namespace Ballast.Tests.Server.Diagnosis;

/// <summary>One thing is wrong in a set-up that is in order otherwise: the doctor names it and what to do, and nothing else.</summary>
[Collection(Alone.Name)]
[Trait(FromOutside.Name, FromOutside.Value)]
public class BrokenSetUpTests
{
    private const string Plan = "bot:QRLUSDT:rebalance:history";

    [Fact]
    public async Task In_a_set_up_in_order_nothing_is_wrong()
    {
        await using var clinic = await Clinic.OpenAsync();
        var report = await clinic.DoctorAsync();
        Assert.True(!report.Troubled.Any(), report.Text);
        Assert.Equal(0, report.ExitCode);
        Assert.Equal(["ip_restriction"], report.Lines.Where(line => line.Status == "skipped" && line.Name is not "disk").Select(line => line.Name));
        Assert.Contains("judged by the exchange and not placed", report["test_order"].Says, StringComparison.Ordinal);
        Assert.Empty(clinic.Exchange.Engine.Orders("QRLUSDT", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, TimeProvider.System.GetUtcNow()));
    }

    [Theory]
    [InlineData("MEXC_SECRET_KEY", "another0secret", "700002", "MEXC_SECRET_KEY")]
    [InlineData("MEXC_API_KEY", "mx0another0key", "10072", "90 days")]
    public async Task Wrong_keys(string name, string value, string says, string fix)
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Settings[name] = value;
        var report = await clinic.DoctorAsync();
        report.IsAboutOnly("keys", "fail", says, fix);
        Assert.Contains("https://www.mexc.com/user/openapi", report["keys"].Fix, StringComparison.Ordinal);
        Assert.All(["withdraw_permission", "trade_permission", "balances", "fees", "test_order"], skipped => Assert.Equal("skipped", report[skipped].Status));
        Assert.DoesNotContain(value, report.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(90_000, "fail", "90.0 s behind")]
    [InlineData(-90_000, "fail", "90.0 s ahead of")]
    [InlineData(3_000, "warn", "3.0 s behind")]
    public async Task A_skewed_clock(int skewMs, string status, string says)
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Break("clock-skew", skewMs);
        (await clinic.DoctorAsync()).IsAboutOnly("clock", status, says[^6..], "timedatectl set-ntp true");
    }

    [Fact]
    public async Task A_key_that_may_withdraw()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Break("withdrawal-key");
        (await clinic.DoctorAsync()).IsAboutOnly("withdraw_permission", "fail", "the key may withdraw", "SPOT_WITHDRAW_WRITE");
    }

    [Fact]
    public async Task A_key_that_may_not_place_orders()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Break("no-permission", null, "POST order/test");
        (await clinic.DoctorAsync()).IsAboutOnly("test_order", "fail", "may not place orders (700007)", "SPOT_DEAL_WRITE");
    }

    [Fact]
    public async Task A_key_that_may_not_read_the_wallet()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Break("no-permission", null, "capital/deposit/hisrec");
        (await clinic.DoctorAsync()).IsAboutOnly("wallet_permission", "warn", "deposits and withdrawals", "SPOT_WITHDRAW_READ");
    }

    [Theory]
    [InlineData("not-for-api", "isSpotTradingAllowed is false", "10007")]
    [InlineData("suspended", "paused", "30016")]
    public async Task A_pair_that_is_closed(string fault, string says, string code)
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Break(fault);
        var report = await clinic.DoctorAsync();
        Assert.Equal(["symbol fail", "test_order fail"], report.Troubled);
        Assert.Contains(says, report["symbol"].Says, StringComparison.Ordinal);
        Assert.Contains("Ballast__Symbol", report["symbol"].Fix, StringComparison.Ordinal);
        Assert.Contains(code, report["test_order"].Says, StringComparison.Ordinal);
        Assert.Equal(1, report.ExitCode);
    }

    [Fact]
    public async Task A_redis_that_forgets()
    {
        await using var clinic = await Clinic.OpenAsync("--appendonly", "no");
        (await clinic.DoctorAsync()).IsAboutOnly("persistence", "fail", "neither appendonly nor snapshots", "CONFIG SET appendonly yes");
    }

    [Fact]
    public async Task A_redis_with_snapshots_only()
    {
        await using var clinic = await Clinic.OpenAsync("--appendonly", "no", "--save", "3600 1");
        (await clinic.DoctorAsync()).IsAboutOnly("persistence", "warn", "snapshots only (save 3600 1)", "CONFIG SET appendonly yes");
    }

    [Fact]
    public async Task A_redis_that_evicts()
    {
        await using var clinic = await Clinic.OpenAsync("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");
        (await clinic.DoctorAsync()).IsAboutOnly("eviction", "fail", "maxmemory-policy is allkeys-lru", "maxmemory-policy noeviction");
    }

    [Fact]
    public async Task A_redis_that_is_nearly_full()
    {
        await using var clinic = await Clinic.OpenAsync("--maxmemory-policy", "noeviction");
        await clinic.ChangeStoreAsync(async redis => await redis.ExecuteAsync("CONFIG", "SET", "maxmemory", $"{await UsedAsync(redis) * 10 / 9}"));
        var report = await clinic.DoctorAsync();
        Assert.Equal(["eviction"], report.Lines.Where(line => line.Status is "warn" or "fail").Select(line => line.Name));
        Assert.Contains("noeviction", report["eviction"].Says, StringComparison.Ordinal);
        Assert.Contains("more memory", report["eviction"].Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_managed_redis_that_forbids_config_is_judged_by_what_it_shows()
    {
        await using var clinic = await Clinic.OpenAsync("--rename-command", "CONFIG", "");
        var report = await clinic.DoctorAsync();
        Assert.False(report.Troubled.Any(), report.Text);
        Assert.Contains("appendonly is on", report["persistence"].Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_that_cannot_be_reached()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Issuer.State = Auth.IssuerState.Down;
        (await clinic.DoctorAsync()).IsAboutOnly("issuer", "fail", clinic.Issuer.Issuer, ".well-known/openid-configuration");
    }

    [Fact]
    public async Task A_policy_below_the_exchanges_minimum()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Settings["Ballast__Policy__MinNotional"] = "0.5";
        (await clinic.DoctorAsync()).IsAboutOnly("rules", "fail", "no order below 1 USDT", "Ballast__Policy__MinNotional to 1 or more");
    }

    [Fact]
    public async Task An_order_limit_that_no_order_can_keep()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Settings["Ballast__Safety__MaxOrderNotional"] = "3";
        (await clinic.DoctorAsync()).IsAboutOnly("rules", "fail", "MaxOrderNotional is 3 USDT", "Ballast__Safety__MaxOrderNotional above 5");
    }

    [Fact]
    public async Task No_balance()
    {
        await using var clinic = await Clinic.OpenAsync();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (asset, balance) in clinic.Exchange.Engine.Balances(now).Where(held => held.Key is "QRL" or "USDT"))
            Assert.Null(clinic.Exchange.Engine.Withdraw(asset, balance.Free, now).Failure);
        (await clinic.DoctorAsync()).IsAboutOnly("balances", "fail", "neither QRL nor USDT", "deposit");
    }

    [Theory]
    [InlineData(40, "warn")]
    [InlineData(70, "fail")]
    public async Task A_stale_tick(int minutes, string status)
    {
        await using var clinic = await Clinic.OpenAsync();
        await clinic.ChangeStoreAsync(async redis =>
        {
            var plan = JsonNode.Parse((string)(await redis.ListGetByIndexAsync(Plan, 0))!)!;
            plan["timestamp"] = TimeProvider.System.GetUtcNow().AddMinutes(-minutes).UtcDateTime;
            await redis.ListSetByIndexAsync(Plan, 0, plan.ToJsonString());
        });
        (await clinic.DoctorAsync()).IsAboutOnly("last_tick", status, $"was {minutes} min ago", "ballast tick");
    }

    [Fact]
    public async Task Halted()
    {
        await using var clinic = await Clinic.OpenAsync();
        Assert.Equal(0, (await clinic.RunAsync("halt holiday")).ExitCode);
        (await clinic.DoctorAsync()).IsAboutOnly("halt", "fail", "halted by command line since", "ballast resume");
    }

    [Fact]
    public async Task A_mode_below_the_configured_one()
    {
        await using var clinic = await Clinic.OpenAsync();
        Assert.Equal(0, (await clinic.RunAsync("mode observe --reason watching")).ExitCode);
        (await clinic.DoctorAsync()).IsAboutOnly("mode", "warn", "observe, although auto is configured: set by command line", "ballast mode auto");
    }

    [Fact]
    public async Task Unproven_books()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Break("no-permission", null, "capital/deposit/hisrec");
        Assert.Null(clinic.Exchange.Engine.Deposit("QRL", 7, TimeProvider.System.GetUtcNow()).Failure);
        await clinic.TickAsync();
        clinic.Exchange.Faults.ClearAll();
        (await clinic.DoctorAsync()).IsAboutOnly("books", "fail", "the account holds 7 QRL more than the books explain", "ballast books resolve --as transfer");
    }

    [Fact]
    public async Task A_last_tick_that_failed()
    {
        await using var clinic = await Clinic.OpenAsync();
        clinic.Break("no-bids");
        Assert.Equal(1, (await clinic.RunAsync("tick")).ExitCode);
        clinic.Exchange.Faults.ClearAll();
        (await clinic.DoctorAsync()).IsAboutOnly("last_failure", "fail", "the order book has no bid", "ballast tick");
    }

    private static async Task<long> UsedAsync(StackExchange.Redis.IDatabase redis)
    {
        var info = (string)(await redis.ExecuteAsync("INFO", "memory"))!;
        return long.Parse(
            System.Text.RegularExpressions.Regex.Match(info, @"used_memory:(\d+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }
}
