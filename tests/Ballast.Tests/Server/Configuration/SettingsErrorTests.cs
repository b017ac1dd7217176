namespace Ballast.Tests.Server.Configuration;

public class SettingsErrorTests
{
    [Theory]
    [InlineData("Ballast:Symbol", "QRL/USDT", "write the exchange's own name without a separator")]
    [InlineData("Ballast:Mode", "live", "'live' is not a choice; write observe or approve or auto")]
    [InlineData("Ballast:Exchange", "binance", "'binance' is not a choice; write mexc or paper")]
    [InlineData("Ballast:Exchange", "mexc", "set MEXC_API_KEY and MEXC_SECRET_KEY, or Ballast:Exchange=paper")]
    [InlineData("Ballast:Policy:TargetRatio", "60", "'60' is above 1; a ratio is a fraction of 1, so write 0.6 or 60%")]
    [InlineData("Ballast:Policy:TargetRatio", "1", "'1' is not between 0 and 1")]
    [InlineData("Ballast:Policy:Threshold", "100%", "'100%' is not from 0 up to below 1")]
    [InlineData("Ballast:Policy:Threshold", "0,01", "'0,01' is not a ratio")]
    [InlineData("Ballast:Policy:MinNotional", "-5", "'-5' is not an amount")]
    [InlineData("Ballast:Books:OpeningCost", "-1", "'-1' is not a price; write quote per coin, such as 2.5")]
    [InlineData("Ballast:Safety:MaxOrderNotional", "0", "'0' is not an amount above 0")]
    [InlineData("Ballast:Safety:MaxDailyNotional", "1 000", "'1 000' is not an amount above 0")]
    [InlineData("Ballast:Safety:MinMinutesBetweenOrders", "1441", "'1441' is not a whole number from 0 to 1440")]
    [InlineData("Ballast:Safety:MinMinutesBetweenOrders", "2.5", "'2.5' is not a whole number from 0 to 1440")]
    [InlineData("Ballast:Safety:MaxSpread", "0", "'0' is not between 0 and 1; write a fraction of 1 such as 0.02, or 2%")]
    [InlineData("Ballast:Safety:MaxSlippage", "2", "write 0.02 or 2%")]
    [InlineData("Ballast:Safety:MaxPriceJump", "100%", "'100%' is not between 0 and 1")]
    [InlineData("Ballast:Safety:MaxDrawdown", "-1%", "'-1%' is not between 0 and 1")]
    [InlineData("Ballast:Safety:BaseReserve", "-1", "'-1' is not a quantity; write units of the coin")]
    [InlineData("Ballast:Safety:QuoteReserve", "all", "'all' is not an amount; write units of the quote asset")]
    [InlineData("Ballast:Store:Port", "65536", "'65536' is not a whole number from 0 to 65535; write a port such as 6390, or 0 for any free one")]
    [InlineData("Ballast:Store:HashTags", "yes", "'yes' is neither true nor false")]
    [InlineData("Ballast:Store:HistoryLimit", "0", "'0' is not a whole number from 1 to 100000")]
    [InlineData("Ballast:Store:DataDirectory", "da\nta", "control character")]
    [InlineData("Ballast:Schedule:Enabled", "1", "'1' is neither true nor false")]
    [InlineData("Ballast:Schedule:EveryMinutes", "0", "'0' is not a whole number from 1 to 1440")]
    [InlineData("Ballast:Schedule:EveryMinutes", "7", "'7' does not divide a day evenly; write 15")]
    [InlineData("Ballast:Paper:Port", "http", "'http' is not a whole number")]
    [InlineData("Ballast:Paper:Port", "8080", "8080 is already the port of PORT; give each its own")]
    [InlineData("Ballast:Paper:Port", "6390", "6390 is already the port of Ballast:Store:Port")]
    [InlineData("Ballast:Paper:Seed", "-1", "'-1' is not a whole number from 0")]
    [InlineData("Ballast:Paper:Market", "recorded", "'recorded' is not a choice; write synthetic or replay or live")]
    [InlineData("Ballast:Paper:Speed", "0", "'0' is not a speed above 0 and up to 100000; write seconds of the market in one of ours, such as 60")]
    [InlineData("Ballast:Paper:Speed", "100001", "'100001' is not a speed")]
    [InlineData("Ballast:Paper:Speed", "60x", "'60x' is not a speed")]
    [InlineData("Ballast:Paper:HistoryDays", "-1", "'-1' is not a whole number from 0 to 365; write days such as 90, or 0 for none")]
    [InlineData("Ballast:Paper:File", "prices.csv", "set, but only a replay reads it; remove it, or set Ballast:Paper:Market=replay")]
    [InlineData("Ballast:Paper:LiveUrl", "api.mexc.com", "is not a web address; write one such as https://api.mexc.com")]
    [InlineData("Ballast:Symbol", "QRLXYZ", "ends in none of USDT, USDC, USDE, USD1, EUR, BTC, ETH, MX; write a pair such as QRLUSDT")]
    [InlineData("Ballast:Auth:Issuer", "accounts.google.com", "is not a web address; write one such as https://accounts.google.com")]
    [InlineData("Ballast:Auth:Issuer", "http://issuer.example.com", "is not encrypted; write https://")]
    [InlineData("Ballast:Auth:Issuer", "http://10.0.0.1", "is not encrypted; write https://")]
    [InlineData("Ballast:Auth:Issuer", "https://issuer.example.com?tenant=1", "has a user, a query or a fragment")]
    [InlineData("Ballast:Auth:TrustSchedulerHeader", "on", "'on' is neither true nor false")]
    public void A_bad_value_is_refused_with_its_name_and_the_fix(string name, string value, string expected)
    {
        var error = Assert.Single(Configured.Errors("Development", (name, value)));
        Assert.StartsWith($"{name} ({name.Replace(":", "__", StringComparison.Ordinal)}): ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replay_without_a_file_and_a_live_market_with_a_speed_are_refused()
    {
        Assert.Contains("Ballast:Paper:Market=replay needs it; set the path of a file of prices", Assert.Single(Configured.Errors("Development", ("Ballast:Paper:Market", "replay"))), StringComparison.Ordinal);
        Assert.Contains("Ballast:Paper:Speed (Ballast__Paper__Speed): set, but a live market has its own time", Assert.Single(
            Configured.Errors("Development", ("Ballast:Paper:Market", "live"), ("Ballast:Paper:Speed", "2"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_synthetic_market_has_a_past()
    {
        Assert.Contains("Ballast:Paper:HistoryDays (Ballast__Paper__HistoryDays): set, but only a synthetic market has a past to trade in", Assert.Single(
            Configured.Errors("Development", ("Ballast:Paper:Market", "live"), ("Ballast:Paper:HistoryDays", "2"))), StringComparison.Ordinal);
        Assert.Equal(0, Configured.Settings("Development", ("Ballast:Paper:Market", "live")).Paper.HistoryDays);
    }

    [Fact]
    public void Every_mistake_in_a_file_of_prices_is_named_beside_the_others()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("ballast-test-").FullName, "prices.csv");
        File.WriteAllText(file, "time,price\n2026-01-01,x\n2026-01-02,1\ntomorrow,1");
        var errors = Configured.Errors("Development", ("Ballast:Paper:Market", "replay"), ("Ballast:Paper:File", file), ("Ballast:Paper:Seed", "-1"));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        Assert.Equal(3, errors.Count);
        Assert.Contains(errors, error => error.Contains("Ballast:Paper:File (Ballast__Paper__File): prices.csv: line 2: 'x' is not a price", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("prices.csv: line 4: 'tomorrow' is not a time", StringComparison.Ordinal));
        Assert.Contains("cannot be read; write the path of a file", Assert.Single(
            Configured.Errors("Development", ("Ballast:Paper:Market", "replay"), ("Ballast:Paper:File", file))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_paper_exchange_would_need_is_no_mistake_on_the_real_one()
    {
        (string, string?)[] real = [("MEXC_API_KEY", "key"), ("MEXC_SECRET_KEY", "secret")];
        Assert.Empty(Configured.Errors("Development", [.. real, ("Ballast:Symbol", "QRLXYZ")]));
        Assert.Empty(Configured.Errors("Development", [.. real, ("Ballast:Paper:Market", "replay")]));
    }

    [Theory]
    [InlineData("PORT", "eighty", "PORT: 'eighty' is not a whole number from 0 to 65535; write a port such as 8080")]
    [InlineData("PORT", "8090", "Ballast:Paper:Port (Ballast__Paper__Port): 8090 is already the port of PORT")]
    [InlineData("MEXC_BASE_URL", "api.mexc.com", "MEXC_BASE_URL: 'api.mexc.com' is not a web address; write one such as https://api.mexc.com")]
    [InlineData("MEXC_BASE_URL", "http://api.mexc.com", "MEXC_BASE_URL: 'http://api.mexc.com' is not encrypted")]
    [InlineData("MEXC_BASE_URL", "ftp://localhost", "MEXC_BASE_URL: 'ftp://localhost' is not a web address")]
    [InlineData("MEXC_BASE_URL", "https://api.mexc.com/api/v3", "has a path; write scheme and host only")]
    [InlineData("MEXC_BASE_URL", "https://api.mexc.com/?a=b", "has a user, a query or a fragment")]
    [InlineData("REDIS_URL", "localhost:6379", "REDIS_URL: not a Redis URL: it does not begin with redis:// or rediss://")]
    public void A_bad_plain_name_is_refused_with_the_fix(string name, string value, string expected) =>
        Assert.Contains(expected, Assert.Single(Configured.Errors("Development", (name, value))), StringComparison.Ordinal);

    [Theory]
    [InlineData("MEXC_API_KEY", "MEXC_SECRET_KEY: not set, although MEXC_API_KEY is")]
    [InlineData("MEXC_SECRET_KEY", "MEXC_API_KEY: not set, although MEXC_SECRET_KEY is")]
    public void One_key_without_the_other_is_refused(string name, string expected)
    {
        Assert.StartsWith(expected, Assert.Single(Configured.Errors("Development", (name, "mx0"))), StringComparison.Ordinal);
        Assert.StartsWith(expected, Assert.Single(Configured.Errors("Development", (name, "mx0"), ("Ballast:Exchange", "mexc"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mx0 key", "space or a line break inside")]
    [InlineData("mx0\nkey", "space or a line break inside")]
    [InlineData("mx0kéy", "a character that no key has")]
    [InlineData("\u200bmx0key", "a character that no key has")]
    public void A_damaged_key_is_refused_and_not_shown(string key, string expected)
    {
        var error = Assert.Single(Configured.Errors("Development", ("MEXC_API_KEY", "ok"), ("MEXC_SECRET_KEY", key)));
        Assert.StartsWith("MEXC_SECRET_KEY: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("mx0", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ballast:Policy:Treshold", "Ballast:Policy:Treshold is not a setting; did you mean Ballast:Policy:Threshold?")]
    [InlineData("ballast:policy:treshold", "ballast:policy:treshold is not a setting; did you mean Ballast:Policy:Threshold?")]
    [InlineData("Ballast:Polcy:Threshold", "did you mean Ballast:Policy:Threshold?")]
    [InlineData("Ballast:TargetRatio", "did you mean Ballast:Policy:TargetRatio?")]
    [InlineData("Ballast:Safety:TargetRatio", "did you mean Ballast:Policy:TargetRatio?")]
    [InlineData("Ballast:Metrics:Tokn", "did you mean Ballast:Metrics:Token?")]
    [InlineData("Ballast:Safety:Max_Spread", "did you mean Ballast:Safety:MaxSpread?")]
    [InlineData("Ballast:Auth:Audiences", "did you mean Ballast:Auth:Audience?")]
    [InlineData("Ballast:Port", "did you mean PORT?")]
    [InlineData("Ballast:REDIS_URL", "did you mean REDIS_URL?")]
    [InlineData("Ballast:Telegram:Token", "Ballast:Telegram:Token is not a setting; remove it, or look its name up")]
    [InlineData("Ballast:Policy", "Ballast:Policy is a group of settings and has no value of its own; set one in it, such as Ballast:Policy:TargetRatio")]
    [InlineData("Ballast:Auth:Audience:0", "Ballast:Auth:Audience takes one text, so write a list with commas in between")]
    [InlineData("Ballast_Policy_Threshold", "Ballast_Policy_Threshold is not a setting; write Ballast:Policy:Threshold (Ballast__Policy__Threshold)")]
    [InlineData("BALLAST_POLICY:THRESHOLD", "write Ballast:Policy:Threshold (Ballast__Policy__Threshold)")]
    public void A_name_that_is_no_setting_is_refused_with_the_nearest_one(string name, string expected)
    {
        var error = Assert.Single(Configured.Errors("Development", (name, "5ecre7")));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("5ecre7", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BALLAST_SERVICE_HOST", "10.0.0.1")]        // what Kubernetes tells every container about a service called ballast
    [InlineData("BALLAST_PORT", "tcp://10.0.0.1:80")]
    [InlineData("Ballast:Policy:Treshold", "")]
    [InlineData("Logging:LogLevel:Default", "Warning")]
    public void A_name_that_is_nobody_s_mistake_is_left_alone(string name, string value) =>
        Assert.Empty(Configured.Errors("Development", (name, value)));

    [Theory]
    [InlineData("auto")]
    [InlineData("Approve")]
    public void A_mode_that_trades_is_refused_with_all_that_it_lacks(string mode)
    {
        Assert.Collection(
            Configured.Errors("Development", ("Ballast:Mode", mode), ("Ballast:Safety:MaxDailyNotional", "")),
            error => Assert.StartsWith("Ballast:Safety:MaxOrderNotional (Ballast__Safety__MaxOrderNotional): not set", error, StringComparison.Ordinal),
            error => Assert.StartsWith("Ballast:Safety:MaxDailyNotional (Ballast__Safety__MaxDailyNotional): not set", error, StringComparison.Ordinal));
        Assert.Empty(Configured.Errors(
            "Development", ("Ballast:Mode", mode), ("Ballast:Safety:MaxOrderNotional", "50"), ("Ballast:Safety:MaxDailyNotional", "200")));
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("")]
    public void A_server_that_nobody_could_call_is_refused_outside_Development(string environment)
    {
        var error = Assert.Single(Configured.Errors(environment));
        Assert.StartsWith("Ballast:Auth:Audience (Ballast__Auth__Audience): not set, so nobody could call", error, StringComparison.Ordinal);
        Assert.Contains("Ballast__Auth__ServiceAccounts", error, StringComparison.Ordinal);
        Assert.Contains("Ballast__Auth__TrustSchedulerHeader", error, StringComparison.Ordinal);

        Assert.Empty(Configured.Errors(environment, ("Ballast:Auth:TrustSchedulerHeader", "true")));
        Assert.Empty(Configured.Errors(environment, Configured.Callers));
    }

    [Fact]
    public void A_server_with_its_own_clock_needs_no_callers_and_admits_none()
    {
        var settings = Configured.Settings("Production", ("Ballast:Schedule:Enabled", "true"));

        Assert.False(settings.Auth.OidcConfigured || settings.Auth.TrustSchedulerHeader);
    }

    [Theory]
    [InlineData("Ballast:Auth:Audience", "a", "Ballast:Auth:ServiceAccounts")]
    [InlineData("Ballast:Auth:ServiceAccounts", "a@example.com", "Ballast:Auth:Audience")]
    public void Half_of_the_token_s_conditions_is_refused(string name, string value, string missing)
    {
        foreach (var environment in new[] { "Development", "Production" })
            Assert.StartsWith($"{missing} (", Assert.Single(Configured.Errors(environment, (name, value))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scheduler", "'scheduler' is not an e-mail address")]
    [InlineData("a@example.com, b", "'b' is not an e-mail address")]
    [InlineData("a@example.com;b@example.com", "is not an e-mail address")]
    [InlineData("a@localhost", "is not an e-mail address")]
    [InlineData("a@example..com", "is not an e-mail address")]
    [InlineData("a b@example.com", "is not an e-mail address")]
    [InlineData(", ,", "has no entries")]
    public void An_account_must_be_an_e_mail_address(string accounts, string expected) => Assert.Contains(
        expected,
        Assert.Single(Configured.Errors("Production", ("Ballast:Auth:Audience", "a"), ("Ballast:Auth:ServiceAccounts", accounts))),
        StringComparison.Ordinal);

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var errors = Configured.Errors(
            "Production",
            ("Ballast:Policy:TargetRatio", "60"), ("Ballast:Safety:MaxSpread", "x"), ("MEXC_API_KEY", "mx0key"), ("REDIS_URL", "redis://"),
            ("PORT", "-1"), ("Ballast:Mode", "auto"), ("Ballast:Nonsense:Word", "y"), ("Ballast_Symbol", "QRLUSDT"));
        string[] names =
        [
            "MEXC_SECRET_KEY", "PORT", "Ballast:Policy:TargetRatio", "Ballast:Auth:Audience", "Ballast:Safety:MaxSpread", "REDIS_URL",
            "Ballast:Safety:MaxOrderNotional", "Ballast:Safety:MaxDailyNotional", "Ballast:Nonsense:Word", "Ballast_Symbol",
        ];
        Assert.Equal(names.Order(), errors.Select(error => error.Split(' ', 2)[0].TrimEnd(':')).Order());
    }
}
