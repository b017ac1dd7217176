using System.Text.Json.Nodes;
using Ballast.PaperExchange;
using Ballast.PaperExchange.Faults;
using Ballast.Tests.Server.Auth;
using Ballast.Tests.Server.Store;
using StackExchange.Redis;

namespace Ballast.Tests.Server.Diagnosis;

/// <summary>
/// A set-up as an owner of real money has it, in order in every respect: a Redis that keeps what it is told, an exchange with true signatures, an
/// issuer, mode auto with its limits, and a tick that has run. Each part can be broken.
/// </summary>
internal sealed class Clinic : IAsyncDisposable
{
    private const string ApiKey = "mx0clinickey";
    private const string SecretKey = "45d0b3c26f2644f19bfb98b07741b2f5";

    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;

    private Clinic(RedisServer redis, PaperExchangeServer exchange, LoopbackIssuer issuer)
    {
        (Redis, Exchange, Issuer) = (redis, exchange, issuer);
        Settings = new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["REDIS_URL"] = $"redis://127.0.0.1:{redis.Port}",
            ["MEXC_API_KEY"] = ApiKey,
            ["MEXC_SECRET_KEY"] = SecretKey,
            ["MEXC_BASE_URL"] = exchange.Url.ToString(),
            ["Ballast__Auth__Issuer"] = issuer.Issuer,
            ["Ballast__Auth__Audience"] = LoopbackIssuer.Audience,
            ["Ballast__Auth__ServiceAccounts"] = LoopbackIssuer.ServiceAccount,
            ["Ballast__Mode"] = "auto",
            ["Ballast__Safety__MaxOrderNotional"] = "50",
            ["Ballast__Safety__MaxDailyNotional"] = "200",
            ["Ballast__Store__Port"] = "",
        };
    }

    public RedisServer Redis { get; }

    public PaperExchangeServer Exchange { get; }

    public LoopbackIssuer Issuer { get; }

    /// <summary>The environment of every command that follows.</summary>
    public Dictionary<string, string> Settings { get; }

    /// <param name="redis">As redis-server takes them, behind those that make it keep what it is told.</param>
    public static async Task<Clinic> OpenAsync(params string[] redis)
    {
        var exchange = await PaperExchangeServer.StartAsync(
            new PaperExchangeOptions { Port = 0, Seed = 1, ApiKey = ApiKey, SecretKey = SecretKey },
            TimeProvider.System, TestContext.Current.CancellationToken);
        var clinic = new Clinic(await RedisServer.StartAsync(["--appendonly", "yes", .. redis]), exchange, await LoopbackIssuer.StartAsync());
        await clinic.TickAsync();
        return clinic;
    }

    /// <summary>Plans and records without an order.</summary>
    public async Task TickAsync()
    {
        // On a machine that is busy with other things, a tick may find its store too slow.
        for (var attempt = 1; ; attempt++)
        {
            var (exitCode, output) = await RunAsync("tick", ("Ballast__Mode", "observe"));
            if (exitCode == 0)
                return;
            Assert.True(exitCode == 69 && attempt < 3, output);
        }
    }

    public void Break(string fault, decimal? value = null, params string[] calls) =>
        Assert.Null(Exchange.Faults.Set(new FaultRequest(fault, value, calls.Length == 0 ? null : calls)).Failure);

    public async Task<(int ExitCode, string Output)> RunAsync(string words, params (string Name, string Value)[] settings)
    {
        await using var command = ServerProcess.Start(
            directory, [.. Settings.Select(setting => (setting.Key, setting.Value)), .. settings], words.Split(' '));
        var exitCode = await command.ExitCodeAsync();
        return (exitCode, command.Output);
    }

    /// <summary>What <c>ballast doctor</c> finds, and how it ends.</summary>
    public async Task<Report> DoctorAsync(string more = "")
    {
        var (exitCode, output) = await RunAsync($"doctor --json{more}");
        return Report.Read(exitCode, output);
    }

    public async Task ChangeStoreAsync(Func<IDatabase, Task> change)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{Redis.Port},allowAdmin=true");
        await change(connection.GetDatabase());
    }

    public async ValueTask DisposeAsync()
    {
        await Redis.DisposeAsync();
        await Exchange.DisposeAsync();
        await Issuer.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}

/// <summary>The doctor's answer, read as JSON.</summary>
internal sealed record Report(int ExitCode, string Text, IReadOnlyList<ReportLine> Lines)
{
    public static Report Read(int exitCode, string output)
    {
        Assert.StartsWith("{\"ran_at\":", output, StringComparison.Ordinal);
        var lines = JsonNode.Parse(output)!["lines"]!.AsArray().Select(line => new ReportLine(
            (string)line!["name"]!, (string)line["status"]!, (string)line["says"]!, (string?)line["fix"] ?? ""));
        return new Report(exitCode, output, [.. lines]);
    }

    public ReportLine this[string name] => Assert.Single(Lines, line => line.Name == name);

    public IEnumerable<string> Troubled => Lines.Where(line => line.Status is "fail" or "warn").Select(line => $"{line.Name} {line.Status}");

    /// <summary>The fault is named with its fix, and no other line raises an alarm.</summary>
    public void IsAboutOnly(string name, string status, string says, string fix)
    {
        Assert.True(Troubled.SequenceEqual([$"{name} {status}"]), Text);
        Assert.Contains(says, this[name].Says, StringComparison.Ordinal);
        Assert.Contains(fix, this[name].Fix, StringComparison.Ordinal);
        Assert.Equal(status == "fail" ? 1 : 0, ExitCode);
    }
}

internal sealed record ReportLine(string Name, string Status, string Says, string Fix);
