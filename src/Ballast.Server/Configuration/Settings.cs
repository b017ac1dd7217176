using System.Diagnostics.CodeAnalysis;
using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Core.Trading;
using Ballast.Server.Auth;
using Ballast.Server.Notices;

namespace Ballast.Server.Configuration;

/// <summary>Which market the orders and questions go to. Both are reached by the same client over HTTP.</summary>
public enum ExchangeKind
{
    Mexc,
    Paper,
}

/// <summary>What the books start from.</summary>
/// <param name="OpeningCost">Quote per coin for what was held before the first known trade; null is unknown, 0 is a gift.</param>
public sealed record BooksSettings(Price? OpeningCost);

/// <summary>
/// Everything the owner configured, read and checked once at start. Holds secrets; none appears in <see cref="object.ToString"/>.
/// </summary>
public sealed record Settings
{
    internal const string PortName = "PORT";
    internal const int UsualPort = 8080;

    public required string EnvironmentName { get; init; }

    /// <summary>Whether the owner tries things out: the only environment that trusts callers without proof.</summary>
    public bool IsDevelopment => Named(EnvironmentName, Environments.Development);

    /// <summary>Whether to listen on all interfaces; anywhere else, loopback only.</summary>
    public bool IsProduction => Named(EnvironmentName, Environments.Production);

    /// <summary>HTTP port; 0 is any free one.</summary>
    public required int Port { get; init; }

    public required Symbol Symbol { get; init; }
    public required Mode Mode { get; init; }
    public required ExchangeKind Exchange { get; init; }

    /// <summary>Null on the paper exchange, even where keys are set: what is not used is not kept.</summary>
    public required MexcKeys? Mexc { get; init; }

    public required Policy Policy { get; init; }
    public required BooksSettings Books { get; init; }
    public required AuthSettings Auth { get; init; }
    /// <summary>Null outside Development when none is configured: then no token opens the API.</summary>
    public required BearerToken? Operator { get; init; }

    /// <summary>Whether anybody can prove to be the operator; without, there is no API.</summary>
    public bool HasApi => Operator is not null || Dashboard.Enabled;

    public required SafetyLimits Safety { get; init; }
    public required StoreSettings Store { get; init; }
    public required ScheduleSettings Schedule { get; init; }
    public required PaperSettings Paper { get; init; }
    public required TelemetrySettings Telemetry { get; init; }
    public required DashboardSettings Dashboard { get; init; }

    /// <summary>Null where nobody is notified of anything.</summary>
    public NotifySettings? Notify { get; init; }

    /// <summary>Sentences for the start banner about what is set and not used. Without secrets.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>
    /// Reads the section <c>Ballast</c> and the plain names (<c>MEXC_…</c>, <c>REDIS_URL</c>, <c>PORT</c>) beside it.
    /// Blank values count as absent.
    /// </summary>
    /// <param name="configuration">The root: files, then environment, then command line.</param>
    /// <param name="environmentName">The host's; anything but Development counts as reachable by strangers.</param>
    /// <param name="serving">False where nobody calls the program, so that nobody needs to be able to.</param>
    public static LoadedSettings Load(IConfiguration configuration, string environmentName, bool serving = true)
    {
        var reader = new SettingsReader(configuration);
        var settings = SettingsSection.Read(reader, environmentName, serving);
        reader.RefuseUnknownNames();
        return reader.Errors.Count == 0 ? new LoadedSettings(settings, []) : new LoadedSettings(null, reader.Errors);
    }

    /// <summary>
    /// The settings with defaults in the place of what is refused, and every reason: to look at a broken configuration, never to run on one.
    /// Whether anybody could call is left out.
    /// </summary>
    internal static Settings Examine(IConfiguration configuration, string environmentName, out IReadOnlyList<string> reasons)
    {
        var reader = new SettingsReader(configuration);
        var settings = SettingsSection.Read(reader, environmentName, serving: false);
        reader.RefuseUnknownNames();
        reasons = reader.Errors;
        return settings;
    }

    /// <summary>Reads where the books are and no more: what a command needs that calls nobody and serves nobody.</summary>
    /// <returns>False with all <paramref name="reasons"/> when it cannot be read.</returns>
    public static bool LoadStore(IConfiguration configuration, out Symbol symbol, out StoreSettings store, out IReadOnlyList<string> reasons)
    {
        var reader = new SettingsReader(configuration);
        (symbol, store, reasons) = (SettingsSection.ReadSymbol(reader), StoreSettings.Read(reader), reader.Errors);
        return reasons.Count == 0;
    }

    /// <summary>Reads where the server of this machine listens, and no more.</summary>
    /// <returns>False with all <paramref name="reasons"/> when it cannot be read, or when no caller could know it.</returns>
    public static bool LoadPort(IConfiguration configuration, out int port, out IReadOnlyList<string> reasons)
    {
        var reader = new SettingsReader(configuration);
        (port, reasons) = (ReadPort(reader), reader.Errors);
        if (port == 0)
            reader.Refuse(PortName, "0 takes any free port, and the one that was taken is not known here; set it to that one");
        return reasons.Count == 0;
    }

    internal static int ReadPort(SettingsReader reader) => reader.Value(PortName, UsualPort, SettingFormat.Port(UsualPort));

    /// <summary>Reads what a paper exchange needs that stands alone, and where it keeps its keys; other settings are not looked at.</summary>
    /// <returns>False with all <paramref name="reasons"/> when it cannot be read.</returns>
    public static bool LoadPaper(IConfiguration configuration, out PaperSettings paper, out Symbol symbol, out string dataDirectory, out IReadOnlyList<string> reasons)
    {
        var reader = new SettingsReader(configuration);
        (paper, symbol) = (PaperSettings.Read(reader, ExchangeKind.Paper), SettingsSection.ReadSymbol(reader));
        dataDirectory = StoreSettings.ReadDataDirectory(reader);
        reader.RefuseUnknownNames(under: PaperSettings.Section);
        reasons = reader.Errors;
        return reasons.Count == 0;
    }

    internal static bool Named(string environmentName, string name) => environmentName.Equals(name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The settings, or every reason why they cannot be used.</summary>
public readonly struct LoadedSettings
{
    private readonly Settings? settings;
    private readonly IReadOnlyList<string> errors;

    internal LoadedSettings(Settings? settings, IReadOnlyList<string> errors) => (this.settings, this.errors) = (settings, errors);

    /// <param name="found">Null when there are errors.</param>
    /// <param name="reasons">
    /// One sentence each, with the setting's name, the bad value unless it is secret, and the fix. Empty when there are settings.
    /// </param>
    public bool TryGet([MaybeNullWhen(false)] out Settings found, out IReadOnlyList<string> reasons)
    {
        (found, reasons) = (settings, errors);
        return found is not null;
    }
}
