using Ballast.Server.Configuration;

namespace Ballast.Tests.Server.Configuration;

/// <summary>Every text that settings can turn into, searched for what must never be read by anyone.</summary>
public class SecretsTests
{
    private const string Key = "mx0vglNeverShown";
    private const string Secret = "45dNeverShown";
    private const string Password = "p4ssNeverShown";

    [Theory]
    [InlineData("mexc")]
    [InlineData("paper")]
    public void Settings_turn_into_text_without_secrets(string exchange)
    {
        var settings = Configured.Settings(
            "Development",
            ("MEXC_API_KEY", Key), ("MEXC_SECRET_KEY", Secret), ("REDIS_URL", $"redis://u:{Password}@h"), ("Ballast:Exchange", exchange), ("Ballast:Store:Port", "1"));
        string[] texts = [$"{settings}", $"{settings.Mexc}", $"{settings.Store}", $"{settings.Store.Redis}", .. settings.Notes];
        Assert.All(texts, text => Assert.DoesNotContain("NeverShown", text, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("redis://u:***@h:6379/0", $"{settings}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MEXC_API_KEY", Key + " x")]
    [InlineData("MEXC_API_KEY", Key + "é")]
    [InlineData("MEXC_SECRET_KEY", Secret + " x")]
    [InlineData("MEXC_BASE_URL", "https://" + Secret + "@api.mexc.com")]
    [InlineData("MEXC_BASE_URL", "https://api.mexc.com?signature=" + Secret)]
    [InlineData("MEXC_BASE_URL", "u:" + Secret + "@api.mexc.com")]
    [InlineData("Ballast:Auth:Issuer", "https://u:" + Secret + "@issuer.example.com")]
    [InlineData("Ballast:MEXC_SECRET_KEY", Secret)]
    [InlineData("Ballast:Mexc:SecretKey", Secret)]
    [InlineData("REDIS_URL", Password)]
    [InlineData("REDIS_URL", Password + "://h")]
    [InlineData("REDIS_URL", "redis://" + Password + "@h")]
    [InlineData("REDIS_URL", "redis://:pa/" + Password + "@h")]
    [InlineData("REDIS_URL", "redis://:" + Password + "%zz@h")]
    [InlineData("REDIS_URL", "redis://:" + Password + "@h:port")]
    [InlineData("REDIS_URL", "redis://:" + Password)]
    [InlineData("REDIS_URL", "redis://h?password=" + Password)]
    [InlineData("REDIS_URL", "redis://h/" + Password)]
    [InlineData("REDIS_URL", "redis://h#" + Password)]
    public void A_refusal_never_repeats_a_secret(string name, string value)
    {
        var errors = Configured.Errors("Development", (name, value));
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.DoesNotContain("NeverShown", error, StringComparison.OrdinalIgnoreCase));
    }
}
