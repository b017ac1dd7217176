namespace Ballast.Server.Configuration;

/// <summary>Where the paper exchange's prices come from.</summary>
public enum PaperMarket
{
    /// <summary>A seeded random walk.</summary>
    Synthetic,
}

/// <summary>The exchange that the server starts for itself when it trades on paper.</summary>
/// <param name="Port">Loopback port; 0 is any free one.</param>
/// <param name="Seed">The same seed gives the same market.</param>
/// <param name="Admin">Whether any program on this machine may switch faults on and off, deposit and withdraw. Never unless asked for.</param>
public sealed record PaperSettings(int Port, int Seed, PaperMarket Market, bool Admin = false)
{
    internal const string Section = "Ballast:Paper";
    internal const string AdminName = "Ballast:Paper:Admin";
    internal const string PortName = "Ballast:Paper:Port";
    private const int UsualPort = 8090;

    internal static PaperSettings Read(SettingsReader settings) => new(
        settings.Value(PortName, UsualPort, SettingFormat.Port(UsualPort)),
        settings.Value("Ballast:Paper:Seed", 1, SettingFormat.Whole(0, int.MaxValue, "any number, such as 1")),
        settings.Value("Ballast:Paper:Market", PaperMarket.Synthetic, SettingFormat.OneOf(("synthetic", PaperMarket.Synthetic))),
        settings.Value(AdminName, false, SettingFormat.Switch));
}
