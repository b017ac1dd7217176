using Ballast.Tests.Server.SignIn;

namespace Ballast.Tests.Server.Configuration;

public class DashboardSettingsTests
{
    private const string Hash = "Ballast:Operator:PasswordHash";

    [Theory]
    [InlineData("Development", null, null, true)]
    [InlineData("Production", null, null, false)]
    [InlineData("Staging", null, null, false)]
    [InlineData("Production", Passwords.OperatorHash, null, true)]
    [InlineData("Production", null, "true", true)]
    [InlineData("Production", Passwords.OperatorHash, "false", false)]
    [InlineData("Development", null, "false", false)]
    public void There_is_a_dashboard_where_somebody_could_sign_in(string environment, string? hash, string? enabled, bool there)
    {
        var settings = Configured.Settings(environment, [(Hash, hash), ("Ballast:Dashboard:Enabled", enabled), .. Configured.Callers]);
        Assert.Equal(there, settings.Dashboard.Enabled);
        Assert.Equal(there || environment == "Development", settings.HasApi);
        Assert.Equal(environment == "Development", settings.Dashboard.Links);
        Assert.Equal(hash is not null && !there, settings.Notes.Any(note => note.Contains(Hash, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Hash, Passwords.OldOperatorHash, "fewer than 600000 rounds")]
    [InlineData(Hash, Passwords.Operator, "not the hash of a password")]
    [InlineData("Ballast:Operator:ReaderPasswordHash", "pbkdf2", "ballast operator hash-password")]
    [InlineData("Ballast:Dashboard:TrustedProxies", "all", "'all' is not a whole number")]
    [InlineData("Ballast:Dashboard:Enabled", "yes", "'yes' is neither")]
    public void Mistakes_are_named_with_their_fix_and_without_the_secret(string name, string value, string says)
    {
        var error = Assert.Single(Configured.Errors("Development", (name, value)));
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.True(!name.EndsWith("Hash", StringComparison.Ordinal) || !error.Contains(value + " ", StringComparison.Ordinal));
    }

    [Fact]
    public void Hashes_appear_in_no_text()
    {
        var settings = Configured.Settings("Development", (Hash, Passwords.OperatorHash), ("Ballast:Operator:ReaderPasswordHash", Passwords.ReaderHash));
        Assert.DoesNotContain("pbkdf2", $"{settings} {settings.Dashboard}", StringComparison.Ordinal);
    }
}
