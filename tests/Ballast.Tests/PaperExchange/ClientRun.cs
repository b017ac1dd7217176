using System.Globalization;
using System.Text.Json.Nodes;
using Ballast.Core.Paper;
using Ballast.PaperExchange;
using Microsoft.Extensions.Time.Testing;

namespace Ballast.Tests.PaperExchange;

/// <summary>
/// Another's client in a Node process on two exchanges of its own, the second of which counts requests. The script prints a line of JSON
/// per check and says when time is to pass, so that a run is the same every time.
/// </summary>
internal sealed class ClientRun : IAsyncDisposable
{
    private const string Node = "node";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly NodeScripts Scripts = new("clients");

    private readonly FakeTimeProvider clock = new(PaperClient.Start);
    private readonly Dictionary<string, string?> failures = new(StringComparer.Ordinal);

    /// <summary>The name of each check that was run, and why it failed; null when it did not.</summary>
    public IReadOnlyDictionary<string, string?> Failures => failures;

    /// <summary>What the client believed to hold at the end; null when it did not say.</summary>
    public JsonObject? Balances { get; private set; }

    /// <summary>What the script said to no check, and its errors.</summary>
    public string Notes { get; private set; } = "";

    public PaperExchangeServer? Server { get; private set; }

    public DateTimeOffset Now => clock.GetUtcNow();

    public static async Task<ClientRun> OfAsync(string script, Action<MatchingEngine, DateTimeOffset> prepare)
    {
        var run = new ClientRun();
        if (!Needs.HasNode)
            return run;
        await Scripts.InstallAsync();
        run.Server = await StartServerAsync(run.clock, rateLimit: false);
        prepare(run.Server.Engine, run.Now);
        await using var limited = await StartServerAsync(run.clock, rateLimit: true);
        await run.RunAsync(script, run.Server.Url, limited.Url);
        return run;
    }

    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static Task<PaperExchangeServer> StartServerAsync(TimeProvider clock, bool rateLimit) => PaperExchangeServer.StartAsync(
        new PaperExchangeOptions { Port = 0, Seed = 7, ApiKey = PaperClient.Key, SecretKey = PaperClient.Secret, RateLimit = rateLimit },
        clock,
        CancellationToken.None);

    private async Task RunAsync(string script, Uri url, Uri limited)
    {
        using var process = Scripts.Start(
            Node, script, Bare(url), Bare(limited), PaperClient.Key, PaperClient.Secret,
            PaperClient.Start.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        using var patience = new CancellationTokenSource(Longest);
        await using var _ = patience.Token.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
            await HearAsync(line, process.StandardInput);
        await process.WaitForExitAsync(CancellationToken.None);
        Notes += await errors;
        if (process.ExitCode != 0)
            failures["the script itself"] = $"it ended with {process.ExitCode}: {Notes}";
    }

    private async Task HearAsync(string line, StreamWriter answer)
    {
        if (!line.StartsWith('{') || JsonNode.Parse(line) is not JsonObject said)
            Notes += line + "\n";
        else if (said["check"]?.GetValue<string>() is { } check)
            failures[check] = said["ok"]!.GetValue<bool>() ? null : said["detail"]!.GetValue<string>();
        else if (said["balances"] is JsonObject balances)
            Balances = balances;
        else if (said["advance"]?.GetValue<int>() is { } milliseconds)
        {
            clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            await answer.WriteLineAsync("done");
            await answer.FlushAsync(CancellationToken.None);
        }
        else
            Notes += line + "\n";
    }

    private static string Bare(Uri url) => url.ToString().TrimEnd('/');
}
