using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Planning;
using Ballast.Core.Trading;
using Ballast.Server.Notices;

namespace Ballast.Server.Configuration;

/// <summary>Reads the whole tree, then checks what no setting can be judged on alone.</summary>
internal static class SettingsSection
{
    private const string SymbolName = "Ballast:Symbol";
    private const string ModeName = "Ballast:Mode";
    private const string ExchangeName = "Ballast:Exchange";
    private const string OperatorTokenName = "Ballast:Operator:ApiToken";

    private static readonly Symbol UsualSymbol = Symbol.Parse("QRLUSDT").TryGet(out var symbol, out _) ? symbol : default;

    private static readonly Func<string, Result<Mode>> Modes =
        SettingFormat.OneOf(("observe", Mode.Observe), ("approve", Mode.Approve), ("auto", Mode.Auto));

    private static readonly Func<string, Result<ExchangeKind>> Exchanges =
        SettingFormat.OneOf(("mexc", ExchangeKind.Mexc), ("paper", ExchangeKind.Paper));

    /// <summary>The pair, which names the keys in the store.</summary>
    public static Symbol ReadSymbol(SettingsReader reader) => reader.Value(SymbolName, UsualSymbol, Symbol.Parse);

    /// <summary>The settings, with defaults for what was refused: of use only when <paramref name="reader"/> has no errors.</summary>
    public static Settings Read(SettingsReader reader, string environmentName, bool serving)
    {
        var development = Settings.Named(environmentName, Environments.Development);
        var keys = MexcKeys.Read(reader);
        var exchange = ReadExchange(reader);
        var paper = PaperSettings.Read(reader, exchange, development);
        var schedule = ScheduleSettings.Read(reader, development);
        if (exchange == ExchangeKind.Paper)
            schedule = schedule with { Every = paper.InOurs(schedule.Every) };
        var settings = new Settings
        {
            EnvironmentName = environmentName,
            Port = Settings.ReadPort(reader),
            Symbol = ReadSymbol(reader),
            Mode = reader.Value(ModeName, Mode.Observe, Modes),
            Exchange = exchange,
            Mexc = exchange == ExchangeKind.Mexc ? keys : null,
            Policy = ReadPolicy(reader),
            Books = new BooksSettings(reader.Optional("Ballast:Books:OpeningCost", SettingFormat.Price)),
            Auth = AuthSection.Read(reader, development, waitsForCallers: serving && !schedule.Enabled),
            Operator = reader.TryRead(OperatorTokenName, BearerToken.Parse, out var token) ? token : development ? BearerToken.New() : null,
            Safety = SafetySettings.Read(reader),
            Store = StoreSettings.Read(reader),
            Schedule = schedule,
            Paper = paper,
            Telemetry = TelemetrySettings.Read(reader, development),
            Notify = NotifySettings.Read(reader),
            Dashboard = DashboardSettings.Read(reader, development),
            Notes = [],
        };
        RefuseUnlistable(reader, settings);
        RefuseUnlimited(reader, settings);
        RefuseSharedPorts(reader, settings);
        return settings with { Notes = [.. NotesOn(reader, settings)] };
    }

    private static Policy ReadPolicy(SettingsReader reader) => new(
        reader.Value("Ballast:Policy:TargetRatio", Policy.Default.TargetRatio, Policy.ParseTargetRatio),
        reader.Value("Ballast:Policy:Threshold", Policy.Default.Threshold, Policy.ParseThreshold),
        reader.Value("Ballast:Policy:MinNotional", Policy.Default.MinNotional, Policy.ParseMinNotional),
        reader.Value("Ballast:Policy:RebalanceTo", Policy.Default.RebalanceTo, Policy.ParseRebalanceTo),
        reader.Value("Ballast:Policy:Sides", Policy.Default.Sides, Policy.ParseSides));

    private static ExchangeKind ReadExchange(SettingsReader reader)
    {
        var usual = MexcKeys.BothSet(reader) ? ExchangeKind.Mexc : ExchangeKind.Paper;
        var exchange = reader.Value(ExchangeName, usual, Exchanges);
        if (exchange == ExchangeKind.Mexc && MexcKeys.NoneSet(reader))
            reader.Refuse(
                ExchangeName,
                $"'mexc' needs your keys; set {MexcKeys.ApiKeyName} and {MexcKeys.SecretKeyName}, or {ExchangeName}=paper");
        return exchange;
    }

    /// <summary>What is no pair of the real exchange's has to be one that a market can be made for.</summary>
    private static void RefuseUnlistable(SettingsReader reader, Settings settings)
    {
        if (settings is { Exchange: ExchangeKind.Paper, Paper.Market: not PaperMarket.Live }
            && PaperOpening.For(settings.Symbol, settings.Paper.Seed).Failure is { } failure)
            reader.Refuse(SymbolName, failure.Reason);
    }

    /// <summary>No order leaves without a limit that its owner chose.</summary>
    private static void RefuseUnlimited(SettingsReader reader, Settings settings)
    {
        if (settings.Mode == Mode.Observe)
            return;
        var mode = settings.Mode == Mode.Auto ? "auto" : "approve";
        foreach (var limit in new[] { SafetySettings.MaxOrderNotionalName, SafetySettings.MaxDailyNotionalName })
        {
            if (!reader.Has(limit))
                reader.Refuse(limit, $"not set, and mode {mode} needs it; set the most you would risk, in the quote asset, such as 50");
        }
    }

    private static void RefuseSharedPorts(SettingsReader reader, Settings settings)
    {
        var taken = new Dictionary<int, string> { [settings.Port] = Settings.PortName };
        if (settings.Store.Redis is null && !reader.Has(StoreSettings.RedisName))
            Take(StoreSettings.PortName, settings.Store.Port);
        if (settings.Exchange == ExchangeKind.Paper)
            Take(PaperSettings.PortName, settings.Paper.Port);

        void Take(string name, int port)
        {
            if (port != 0 && !taken.TryAdd(port, name))
                reader.Refuse(name, $"{port} is already the port of {taken[port]}; give each its own, or 0 for any free one");
        }
    }

    private static IEnumerable<string> NotesOn(SettingsReader reader, Settings settings)
    {
        if (settings.Exchange == ExchangeKind.Paper && MexcKeys.BothSet(reader))
            yield return $"The MEXC keys are set but not used, because {ExchangeName} is paper.";
        if (settings.Exchange == ExchangeKind.Paper && reader.Has(MexcKeys.BaseUrlName))
            yield return $"{MexcKeys.BaseUrlName} is set but not used: the paper exchange runs on this machine.";
        if (settings is { Exchange: ExchangeKind.Paper, Paper.Market: not PaperMarket.Live } && reader.Has(PaperSettings.LiveUrlName))
            yield return $"{PaperSettings.LiveUrlName} is set but not used, because {PaperSettings.MarketName} is not live.";
        foreach (var name in new[] { DashboardSettings.PasswordHashName, DashboardSettings.ReaderPasswordHashName })
        {
            if (!settings.Dashboard.Enabled && reader.Has(name))
                yield return $"{name} is set but not used, because {DashboardSettings.EnabledName} is false.";
        }
        if (settings.Store.Redis is null)
            yield break;
        foreach (var name in new[] { StoreSettings.PortName, StoreSettings.DataDirectoryName })
        {
            // The paper exchange keeps its account there.
            if (reader.Has(name) && (name == StoreSettings.PortName || settings.Exchange != ExchangeKind.Paper))
                yield return $"{name} is set but not used, because {StoreSettings.RedisName} names another store.";
        }
    }
}
