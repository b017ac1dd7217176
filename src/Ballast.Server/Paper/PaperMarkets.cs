using System.Security.Cryptography;
using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Mexc;
using Ballast.PaperExchange;
using Ballast.Server.Configuration;

namespace Ballast.Server.Paper;

/// <summary>Opens the markets that the settings ask for.</summary>
internal static class PaperMarkets
{
    /// <exception cref="IOException">The real exchange cannot be asked; the message says what to do.</exception>
    public static async Task<IPaperMarkets> OpenAsync(PaperSettings settings, Symbol symbol, TimeProvider clock, CancellationToken cancel) => settings.Market switch
    {
        PaperMarket.Live => await LiveAsync(settings.LiveUrl, symbol, clock, cancel),
        PaperMarket.Replay => Replay(settings, symbol, clock.GetUtcNow()),
        _ => new ComputedMarkets(Checked(PaperOpening.For(symbol, settings.Seed)).AtSpeed(clock.GetUtcNow(), settings.Speed)),
    };

    private static ComputedMarkets Replay(PaperSettings settings, Symbol symbol, DateTimeOffset start)
    {
        var prices = settings.Prices ?? throw new InvalidOperationException("the settings have no prices");
        return new ComputedMarkets(
            Checked(PaperOpening.Replay(symbol, settings.Seed, prices, start, settings.Speed)),
            symbol,
            new MarketClock(start, prices.First, settings.Speed).Reaches(prices.End));
    }

    private static async Task<IPaperMarkets> LiveAsync(Uri url, Symbol symbol, TimeProvider clock, CancellationToken cancel)
    {
        // Without keys: nothing is signed. Patience ends before that of the client of this exchange does, so that it gets an answer.
        var options = new MexcOptions { BaseUrl = url, ApiKey = "", SecretKey = "", AttemptTimeout = TimeSpan.FromSeconds(2), TotalTimeout = TimeSpan.FromSeconds(3) };
        var client = new MexcClient(options, MexcHandler.Create(options), clock, new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
        if ((await LiveMarkets.OpenAsync(client, symbol, clock, cancel)).TryGet(out var markets, out var failure))
            return markets;
        client.Dispose();

        // The client names the setting that its address usually comes from.
        var reason = failure.Reason.Replace(MexcKeys.BaseUrlName, PaperSettings.LiveUrlName, StringComparison.Ordinal);
        throw new IOException(
            $"the market of {symbol} cannot be had from {url.GetLeftPart(UriPartial.Authority)} ({reason}); check both, or set {PaperSettings.MarketName}=synthetic");
    }

    // The settings have been checked for this when they were read.
    private static PaperOpening Checked(Result<PaperOpening> result) =>
        result.TryGet(out var opening, out var failure) ? opening : throw new InvalidOperationException(failure.Reason);
}
