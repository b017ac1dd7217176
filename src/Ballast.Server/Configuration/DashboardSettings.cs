using Ballast.Server.SignIn;

namespace Ballast.Server.Configuration;

/// <summary>Whether there is a dashboard to sign in to, and what is configured about signing in. Everything else about it stands in the store.</summary>
public sealed record DashboardSettings
{
    internal const string EnabledName = "Ballast:Dashboard:Enabled";
    internal const string PasswordHashName = "Ballast:Operator:PasswordHash";
    internal const string ReaderPasswordHashName = "Ballast:Operator:ReaderPasswordHash";
    private const string TrustedProxiesName = "Ballast:Dashboard:TrustedProxies";

    /// <summary>Whether the page and signing in are there: in Development, with a configured hash, or where that is said.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Whether a one-time link lets in; only where nobody but this machine can reach the server.</summary>
    public required bool Links { get; init; }

    /// <summary>How many proxies stand before the server and add the address of their caller to <c>X-Forwarded-For</c>; 0 believes none.</summary>
    public required int TrustedProxies { get; init; }

    /// <summary>Counts in place of the one in the store; null leaves it to that.</summary>
    internal PasswordHash? Password { get; init; }

    /// <summary>The same for whoever may only look.</summary>
    internal PasswordHash? ReaderPassword { get; init; }

    internal static DashboardSettings Read(SettingsReader reader, bool development)
    {
        var (password, readers) = (ReadHash(reader, PasswordHashName), ReadHash(reader, ReaderPasswordHashName));
        return new DashboardSettings
        {
            Enabled = reader.Value(EnabledName, development || password is not null || readers is not null, SettingFormat.Switch),
            Links = development,
            TrustedProxies = reader.Value(TrustedProxiesName, 0, SettingFormat.Whole(0, 10, "how many proxies of yours stand before the server, such as 1")),
            Password = password,
            ReaderPassword = readers,
        };
    }

    private static PasswordHash? ReadHash(SettingsReader reader, string name) => reader.TryRead(name, PasswordHash.ParseStrong, out var hash) ? hash : null;
}
