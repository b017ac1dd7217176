using System.Text.Json;
using Ballast.Core;
using Ballast.PaperExchange;
using Ballast.Server.Commands;
using Ballast.Server.Configuration;
using Ballast.Server.Paper;

namespace Ballast.Server;

/// <summary>The paper exchange without a server: no store, no ticks, for any client of MEXC's.</summary>
internal static class PaperProgram
{
    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="json">Says where it listens as one line of JSON in place of the text, and shows no key.</param>
    /// <exception cref="IOException">The port is taken or the keys cannot be kept; the message says what to do.</exception>
    public static async Task RunAsync(
        PaperSettings settings, Symbol symbol, string dataDirectory, bool newKeys, bool json, TimeProvider clock, CancellationToken stop)
    {
        var keys = PaperKeys.Open(dataDirectory, newKeys);
        var markets = await PaperMarkets.OpenAsync(settings, symbol, clock, stop);
        await using var exchange = await PaperExchangeServer.StartAsync(
            BallastServer.OptionsOf(settings, dataDirectory, markets, keys.ApiKey, keys.SecretKey), clock, stop);
        Console.WriteLine(json ? Line(exchange, keys) : Text(exchange, settings, keys));
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }

    private static string Line(PaperExchangeServer exchange, PaperKeys keys) => JsonSerializer.Serialize(
        new StartedExchange(exchange.Url.GetLeftPart(UriPartial.Authority), keys.Path, keys.Made), CommandJson.Default.StartedExchange);

    private static string Text(PaperExchangeServer exchange, PaperSettings settings, PaperKeys keys)
    {
        var url = exchange.Url.GetLeftPart(UriPartial.Authority);
        var pairs = string.Join(", ", exchange.Engine.Listings.Select(listing => listing.Symbol));
        return $"""

            Ballast paper exchange · play money; nothing real can be bought or sold

              market     {pairs}; {Banner.Market(settings, exchange.Markets.EndsAt)}
              listening  {url} (this machine only), MEXC's spot REST API
              keys       {Keys(keys)}
              faults     {(settings.Admin ? "any program on this machine may switch them on: ballast paper fault --help" : $"off; start it with --{PaperSettings.AdminName}=true to switch them on")}

            Ask for the time, and, signed, for the account:
              curl {url}/api/v3/time
              . '{keys.Path.Replace("'", "'\\''", StringComparison.Ordinal)}'; q="timestamp=$(date +%s)000"; curl -H "X-MEXC-APIKEY: $MEXC_API_KEY" "{url}/api/v3/account?$q&signature=$(printf %s "$q" | openssl dgst -sha256 -hmac "$MEXC_SECRET_KEY" -r | cut -d' ' -f1)"

            """;
    }

    private static string Keys(PaperKeys keys) => !keys.Made ? $"in {keys.Path}" : $"""
        made now, shown this once and kept in {keys.Path}
                       MEXC_API_KEY={keys.ApiKey}
                       MEXC_SECRET_KEY={keys.SecretKey}
        """;
}
