using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Core.Trading;
using Ballast.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Ballast.Tests.Server.Configuration;

public class SettingsTests
{
    [Fact]
    public void Nothing_configured_in_Development_is_a_harmless_paper_portfolio()
    {
        var settings = Configured.Settings("Development");

        Assert.Equal("QRLUSDT", settings.Symbol.Name);
        Assert.Equal((Mode.Observe, ExchangeKind.Paper, 8080), (settings.Mode, settings.Exchange, settings.Port));
        Assert.Equal(Policy.Default, settings.Policy);
        Assert.Null(settings.Mexc);
        Assert.Null(settings.Books.OpeningCost);
        Assert.Equal(new StoreSettings { DataDirectory = "data", Port = 6390, HashTags = false, HistoryLimit = 2976, Redis = null }, settings.Store);
        Assert.Equal(new ScheduleSettings(Enabled: true, EveryMinutes: 15), settings.Schedule);
        Assert.Equal(new PaperSettings(Port: 8090, Seed: 1, PaperMarket.Synthetic) { HistoryDays = 90 }, settings.Paper);
        Assert.Equal("https://accounts.google.com", settings.Auth.Issuer);
        Assert.False(settings.Auth.OidcConfigured);
        Assert.True(settings.Auth.TrustSchedulerHeader);
        Assert.Empty(settings.Notes);
    }

    [Fact]
    public void The_safety_limits_are_conservative_where_the_owner_says_nothing()
    {
        var safety = Configured.Settings("Development").Safety;

        Assert.Null(safety.MaxOrderNotional);
        Assert.Null(safety.MaxDailyNotional);
        Assert.Equal(15, safety.MinMinutesBetweenOrders);
        Assert.Equal(
            ["0.02", "0.01", "0.1", "0.25"],
            [$"{safety.MaxSpread}", $"{safety.MaxSlippage}", $"{safety.MaxPriceJump}", $"{safety.MaxDrawdown}"]);
        Assert.Equal((Quantity.Zero, Amount.Zero), (safety.BaseReserve, safety.QuoteReserve));
    }

    [Fact]
    public void Every_setting_arrives_where_it_belongs()
    {
        var settings = Configured.Settings(
            "Production",
            ("Ballast:Symbol", "metalusdt"), ("Ballast:Mode", "Observe"), ("Ballast:Exchange", "MEXC"),
            ("MEXC_API_KEY", "mx0key"), ("MEXC_SECRET_KEY", "5ecre7"), ("MEXC_BASE_URL", "https://exchange.example.com/"),
            ("Ballast:Policy:TargetRatio", "60%"), ("Ballast:Policy:Threshold", "0.02"), ("Ballast:Policy:MinNotional", "7.5"),
            ("Ballast:Policy:RebalanceTo", "edge"), ("Ballast:Policy:Sides", "sell-only"),
            ("Ballast:Books:OpeningCost", "2.345"),
            ("Ballast:Auth:Issuer", "https://issuer.example.com/realm/"), ("Ballast:Auth:Audience", "https://a.example.com/tasks/runtime, b"),
            ("Ballast:Auth:ServiceAccounts", "one@example.com,two@example.com,"), ("Ballast:Auth:TrustSchedulerHeader", "TRUE"),
            ("Ballast:Safety:MaxOrderNotional", "50"), ("Ballast:Safety:MaxDailyNotional", "200"),
            ("Ballast:Safety:MinMinutesBetweenOrders", "0"), ("Ballast:Safety:MaxSpread", "3%"), ("Ballast:Safety:MaxSlippage", "0.005"),
            ("Ballast:Safety:MaxPriceJump", "20 %"), ("Ballast:Safety:MaxDrawdown", "0.5"), ("Ballast:Safety:BaseReserve", "100"),
            ("Ballast:Safety:QuoteReserve", "20"),
            ("REDIS_URL", "rediss://u:p@redis.example.com/3"), ("Ballast:Store:HashTags", "true"), ("Ballast:Store:HistoryLimit", "96"),
            ("Ballast:Store:DataDirectory", "books"), ("Ballast:Store:Port", "0"),
            ("Ballast:Schedule:Enabled", "true"), ("Ballast:Schedule:EveryMinutes", "60"),
            ("Ballast:Paper:Port", "0"), ("Ballast:Paper:Seed", "42"), ("Ballast:Paper:Market", "synthetic"), ("PORT", "9000"));

        Assert.Equal(("METALUSDT", ExchangeKind.Mexc, 9000), (settings.Symbol.Name, settings.Exchange, settings.Port));
        Assert.Equal(new MexcKeys("mx0key", "5ecre7", new Uri("https://exchange.example.com")), settings.Mexc);
        Assert.Equal(new Policy(new Ratio(0.6m), new Ratio(0.02m), new Amount(7.5m), RebalanceTo.Edge, Sides.SellOnly), settings.Policy);
        Assert.Equal(new Price(2.345m), settings.Books.OpeningCost);
        Assert.Equal("https://issuer.example.com/realm/", settings.Auth.Issuer);
        Assert.Equal(["https://a.example.com/tasks/runtime", "b"], settings.Auth.Audiences);
        Assert.Equal(["one@example.com", "two@example.com"], settings.Auth.ServiceAccounts);
        Assert.True(settings.Auth is { TrustSchedulerHeader: true, OidcConfigured: true });
        Assert.Equal(
            new SafetyLimits
            {
                MaxOrderNotional = new Amount(50),
                MaxDailyNotional = new Amount(200),
                MinMinutesBetweenOrders = 0,
                MaxSpread = new Ratio(0.03m),
                MaxSlippage = new Ratio(0.005m),
                MaxPriceJump = new Ratio(0.2m),
                MaxDrawdown = new Ratio(0.5m),
                BaseReserve = new Quantity(100),
                QuoteReserve = new Amount(20),
            },
            settings.Safety);
        Assert.Equal(
            new StoreSettings
            {
                Redis = new RedisUrl("redis.example.com", 6379, Tls: true, "u", "p", 3),
                HashTags = true,
                HistoryLimit = 96,
                DataDirectory = "books",
                Port = 0,
            },
            settings.Store);
        Assert.Equal(new ScheduleSettings(true, 60), settings.Schedule);
        Assert.Equal(new PaperSettings(0, 42, PaperMarket.Synthetic), settings.Paper);
    }

    [Theory]
    [InlineData("1", "00:15:00")]
    [InlineData("0.5", "00:15:00")] // never further apart than asked for
    [InlineData("60", "00:00:15")]
    [InlineData("7", "00:02:08")] // 128.57 s
    [InlineData("180", "00:00:05")]
    [InlineData("100000", "00:00:05")]
    public void Ticks_keep_their_distance_in_the_markets_time(string speed, string every)
    {
        var paper = Configured.Settings("Development", ("Ballast:Paper:Speed", speed));
        Assert.Equal((15, TimeSpan.Parse(every)), (paper.Schedule.EveryMinutes, paper.Schedule.Every));
        var real = Configured.Settings("Development", ("Ballast:Paper:Speed", speed), ("MEXC_API_KEY", "key"), ("MEXC_SECRET_KEY", "secret"));
        Assert.Equal(TimeSpan.FromMinutes(15), real.Schedule.Every);
    }

    [Theory]
    [InlineData("1", 15, 48, "200")]
    [InlineData("0.5", 15, 48, "200")]
    [InlineData("10", 1, 480, "2000")]
    [InlineData("60", 0, 2_880, "12000")]
    [InlineData("100000", 0, 4_800_000, "20000000")]
    public void Limits_of_minutes_and_days_are_of_the_markets_time(string speed, int minutes, int orders, string notional)
    {
        var settings = Configured.Settings("Development", ("Ballast:Paper:Speed", speed), ("Ballast:Safety:MaxOrderNotional", "50"), ("Ballast:Safety:MaxDailyNotional", "200"));
        var limits = settings.Paper.InOurs(settings.Safety);
        Assert.Equal((minutes, orders, notional, "50"), (limits.MinMinutesBetweenOrders, limits.MaxDailyOrders, $"{limits.MaxDailyNotional}", $"{limits.MaxOrderNotional}"));
        Assert.Equal(decimal.MaxValue, settings.Paper.InOurs(settings.Safety with { MaxDailyNotional = new Amount(decimal.MaxValue) }).MaxDailyNotional!.Value.Value);
    }

    [Theory]
    [InlineData("Development", true, false, true)]
    [InlineData("development", true, false, true)]
    [InlineData("Production", false, true, false)]
    [InlineData("Staging", false, false, false)]
    public void The_environment_decides_who_is_trusted_and_where_to_listen(string name, bool development, bool production, bool headerAndClock)
    {
        var settings = Configured.Settings(name, Configured.Callers);
        Assert.Equal((development, production), (settings.IsDevelopment, settings.IsProduction));
        Assert.Equal((headerAndClock, headerAndClock), (settings.Auth.TrustSchedulerHeader, settings.Schedule.Enabled));
        Assert.Equal(headerAndClock ? 90 : 0, settings.Paper.HistoryDays);
    }

    [Theory]
    [InlineData("key", "secret", null, ExchangeKind.Mexc)]
    [InlineData("key", "secret", "mexc", ExchangeKind.Mexc)]
    [InlineData("key", "secret", "paper", ExchangeKind.Paper)]
    [InlineData("", " ", null, ExchangeKind.Paper)]
    [InlineData(null, null, "", ExchangeKind.Paper)]
    public void The_exchange_follows_the_keys_unless_it_is_named(string? apiKey, string? secretKey, string? exchange, ExchangeKind expected)
    {
        var settings = Configured.Settings(
            "Development", ("MEXC_API_KEY", apiKey), ("MEXC_SECRET_KEY", secretKey), ("Ballast:Exchange", exchange));
        Assert.Equal(expected, settings.Exchange);
        Assert.Equal(expected == ExchangeKind.Mexc, settings.Mexc is not null);
    }

    [Fact]
    public void What_is_set_and_not_used_is_noted_for_the_banner()
    {
        var settings = Configured.Settings(
            "Development",
            ("MEXC_API_KEY", "mx0key"), ("MEXC_SECRET_KEY", "5ecre7"), ("MEXC_BASE_URL", "https://exchange.example.com"), ("Ballast:Exchange", "paper"),
            ("REDIS_URL", "redis://localhost"), ("Ballast:Store:DataDirectory", "books"), ("Ballast:Store:Port", "7000"));
        Assert.Collection(
            settings.Notes,
            note => Assert.Contains("The MEXC keys are set but not used", note, StringComparison.Ordinal),
            note => Assert.Contains("MEXC_BASE_URL is set but not used", note, StringComparison.Ordinal),
            note => Assert.Contains("Ballast:Store:Port is set but not used", note, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("  mx0key\n", "mx0key")]
    [InlineData("\tmx0key\r\n", "mx0key")]
    public void Blanks_around_a_pasted_key_are_dropped(string pasted, string key) =>
        Assert.Equal(key, Configured.Settings("Development", ("MEXC_API_KEY", pasted), ("MEXC_SECRET_KEY", "5ecre7")).Mexc!.ApiKey);

    [Theory]
    [InlineData(null, "https://api.mexc.com/")]
    [InlineData("https://api.mexc.com", "https://api.mexc.com/")]
    [InlineData("https://api.mexc.com/", "https://api.mexc.com/")]
    [InlineData("http://localhost:5000", "http://localhost:5000/")]
    [InlineData("http://127.0.0.1:5000/", "http://127.0.0.1:5000/")]
    [InlineData("http://[::1]:5000", "http://[::1]:5000/")]
    public void The_exchange_may_be_elsewhere(string? baseUrl, string expected) => Assert.Equal(
        expected,
        Configured.Settings("Development", ("MEXC_API_KEY", "k"), ("MEXC_SECRET_KEY", "s"), ("MEXC_BASE_URL", baseUrl)).Mexc!.BaseUrl.AbsoluteUri);

    [Fact]
    public void Environment_variables_spell_the_colon_as_two_underscores()
    {
        const string prefix = "SETTINGSTEST_";
        (string Name, string Value)[] variables =
            [("Ballast__Policy__TargetRatio", "0.6"), ("BALLAST__STORE__HASHTAGS", "true"), ("PORT", "0"), ("REDIS_URL", "redis://:p@h"), ("Ballast__Symbol", "")];
        foreach (var (name, value) in variables)
            Environment.SetEnvironmentVariable(prefix + name, value);
        try
        {
            var configuration = new ConfigurationBuilder().AddEnvironmentVariables(prefix).Build();
            Assert.True(Settings.Load(configuration, "Development").TryGet(out var settings, out _));
            Assert.Equal(new Ratio(0.6m), settings.Policy.TargetRatio);
            Assert.True(settings.Store.HashTags);
            Assert.Equal((0, "h", "QRLUSDT"), (settings.Port, settings.Store.Redis?.Host, settings.Symbol.Name));
        }
        finally
        {
            foreach (var (name, _) in variables)
                Environment.SetEnvironmentVariable(prefix + name, null);
        }
    }

    [Fact]
    public void A_file_may_name_empty_groups()
    {
        using var file = new MemoryStream("""{ "Ballast": { "Safety": {}, "Policy": { "TargetRatio": 0.6, "Threshold": null } }, "Logging": { "Level": "x" } }"""u8.ToArray());
        var configuration = new ConfigurationBuilder().AddJsonStream(file).Build();
        Assert.True(Settings.Load(configuration, "Development").TryGet(out var settings, out _));
        Assert.Equal((new Ratio(0.6m), new Ratio(0.01m)), (settings.Policy.TargetRatio, settings.Policy.Threshold));
    }
}
