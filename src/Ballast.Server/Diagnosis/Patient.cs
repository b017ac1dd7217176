using System.Net;
using System.Security.Cryptography;
using Ballast.Core.Ticks;
using Ballast.Mexc;
using Ballast.PaperExchange;
using Ballast.Server.Configuration;
using Ballast.Server.Paper;
using Ballast.Server.Store;
using Ballast.Server.Tasks;

namespace Ballast.Server.Diagnosis;

/// <summary>
/// What is examined: a configuration, and as much of a store and an exchange as it leads to. For a command both are opened beside a server that
/// may be running; nothing is begun that is not there yet.
/// </summary>
internal sealed class Patient : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> opened = [];

    /// <summary>For INFO and CONFIG, which the connection that ticks use may not ask; null where <see cref="Connection"/> may.</summary>
    private StackExchange.Redis.ConfigurationOptions? inspection;

    private Patient(Settings settings, IReadOnlyList<string> mistakes) => (Settings, Mistakes) = (settings, mistakes);

    /// <summary>With defaults in the place of what <see cref="Mistakes"/> name.</summary>
    public Settings Settings { get; }

    public IReadOnlyList<string> Mistakes { get; }

    /// <summary>Null when there is none to look at; <see cref="NoStore"/> says why.</summary>
    public RedisConnection? Connection { get; private set; }

    /// <summary>Null when there is a store, and when it has not been begun.</summary>
    public string? NoStore { get; private set; }

    /// <summary>Null when there is none to ask; <see cref="NoExchange"/> says why.</summary>
    public MexcClient? Exchange { get; private set; }

    public string? NoExchange { get; private set; }

    /// <summary>Null when signed questions can be asked.</summary>
    public string? NoKeys { get; private set; }

    /// <summary>Where the exchange is, for an owner.</summary>
    public string ExchangeName { get; private set; } = "";

    public bool OnPaper => Settings.Exchange == ExchangeKind.Paper;

    public StoreKeys Keys => new(Settings.Symbol, Settings.Store.HashTags);

    public IStore Memory => new RedisStore(Connection!, Keys, Settings.Symbol, Settings.Store.HistoryLimit);

    /// <summary>Whether a setting of these names, or in these groups, is refused: what follows from it cannot be judged.</summary>
    public bool IsMistaken(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Mistakes.Any(mistake => mistake.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
                return true;
        }
        return false;
    }

    /// <summary>A server looking at itself, with its own connections.</summary>
    public static Patient OfServer(Settings settings, RedisConnection connection, MexcClient exchange) => new(settings, [])
    {
        Connection = connection,
        inspection = settings.Store.Redis is { } url ? Inspecting(RedisConnection.Options(url)) : null,
        Exchange = exchange,
        ExchangeName = settings.Mexc is { } keys ? $"MEXC at {Shown(keys.BaseUrl)}" : "the server's own paper exchange",
    };

    /// <summary>What a configuration leads to, mistaken or not.</summary>
    public static async Task<Patient> OpenAsync(IConfiguration configuration, string environmentName, TimeProvider clock, CancellationToken cancel)
    {
        var patient = new Patient(Settings.Examine(configuration, environmentName, out var mistakes), mistakes);
        const string Broken = "its settings are mistaken; see configuration";
        if (patient.IsMistaken("Ballast:Symbol", "Ballast:Store", StoreSettings.RedisName))
            patient.NoStore = Broken;
        else
            patient.OpenStore(clock);
        if (patient.IsMistaken("Ballast:Symbol", "Ballast:Exchange", "MEXC_") || (patient.OnPaper && patient.IsMistaken("Ballast:Paper")))
            patient.NoExchange = Broken;
        else if (patient.Settings.Mexc is { } keys)
            patient.Reach(keys.BaseUrl, keys.ApiKey, keys.SecretKey, $"MEXC at {Shown(keys.BaseUrl)}", clock);
        else
            await patient.OpenPaperAsync(clock, cancel);
        return patient;
    }

    /// <summary>A connection of its own for what the other may not ask; null where that may.</summary>
    public RedisConnection? OpenInspection(TimeProvider clock) => inspection is null ? null : new RedisConnection(inspection, clock);

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(opened))
            await part.DisposeAsync();
    }

    private void OpenStore(TimeProvider clock)
    {
        var store = Settings.Store;
        if (store.Redis is { } url)
        {
            Connect(RedisConnection.Options(url), clock);
            return;
        }
        if (EmbeddedStore.IsInUse(store.DataDirectory))
        {
            if (store.Port == 0)
                NoStore = "a running server has it, at a port that is not known here";
            else
                Connect(RedisConnection.Options(IPAddress.Loopback.ToString(), store.Port), clock);
            return;
        }
        if (!Directory.Exists(Path.Combine(store.DataDirectory, "AOF")))
            return;
        try
        {
            var embedded = EmbeddedStore.Start(store.DataDirectory, 0);
            opened.Add(new Closing(embedded));
            Connect(embedded.ConnectionOptions(), clock);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            NoStore = refused.Message;
        }
    }

    private void Connect(StackExchange.Redis.ConfigurationOptions options, TimeProvider clock)
    {
        Connection = new RedisConnection(Inspecting(options), clock);
        opened.Add(Connection);
    }

    private static StackExchange.Redis.ConfigurationOptions Inspecting(StackExchange.Redis.ConfigurationOptions options)
    {
        options.AllowAdmin = true;
        return options;
    }

    /// <summary>The account on paper belongs to one process at a time: where a server has it, only what is open to everybody can be asked.</summary>
    private async Task OpenPaperAsync(TimeProvider clock, CancellationToken cancel)
    {
        var directory = Path.Combine(Path.GetFullPath(Settings.Store.DataDirectory), "paper");
        if (EmbeddedStore.IsInUse(directory))
        {
            NoKeys = "the running server holds the paper account and its keys; its own view: GET /api/v1/doctor";
            if (Settings.Paper.Port == 0)
                NoExchange = "the running server has it, at a port that is not known here";
            else
                Reach(new Uri($"http://127.0.0.1:{Settings.Paper.Port}"), "", "", "the running server's paper exchange", clock);
            return;
        }
        try
        {
            var (key, secret) = ("mx0" + TickRunner.NewId(), TickRunner.NewId() + TickRunner.NewId());
            var paper = await PaperExchangeServer.StartAsync(
                new PaperExchangeOptions
                {
                    Port = 0,
                    Seed = Settings.Paper.Seed,
                    Markets = await PaperMarkets.OpenAsync(Settings.Paper, Settings.Symbol, clock, cancel),
                    DataDirectory = Directory.Exists(directory) ? directory : null,
                    ApiKey = key,
                    SecretKey = secret,
                },
                clock, cancel);
            opened.Add(paper);
            Reach(paper.Url, key, secret, "the paper exchange, started for this look,", clock);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            NoExchange = refused.Message;
        }
    }

    private void Reach(Uri url, string key, string secret, string name, TimeProvider clock)
    {
        var options = new MexcOptions { BaseUrl = url, ApiKey = key, SecretKey = secret };
        Exchange = new MexcClient(options, MexcHandler.Create(options), clock, new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
        ExchangeName = name;
        opened.Add(new Closing(Exchange));
    }

    private static string Shown(Uri url) => url.GetLeftPart(UriPartial.Authority);

    private sealed class Closing(IDisposable part) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
