using System.Security.Cryptography;
using Ballast.Core.Trading;
using Ballast.Mexc;
using Ballast.PaperExchange;
using Ballast.Server.Configuration;
using Ballast.Server.Paper;
using Ballast.Server.Tasks;

namespace Ballast.Server.Commands;

/// <summary>
/// The exchange for a command that only looks. On paper it is one of the command's own, on a copy of the account: the account itself may be in use by
/// a server, and is nobody's to change who only looks.
/// </summary>
internal sealed class ExchangeSession : IAsyncDisposable
{
    private readonly MexcClient client;
    private readonly PaperExchangeServer? paper;
    private readonly string? copy;

    private ExchangeSession(MexcOptions options, PaperExchangeServer? paper, string? copy, TimeProvider clock)
    {
        (this.paper, this.copy) = (paper, copy);
        client = new MexcClient(options, MexcHandler.Create(options), clock, new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
        Exchange = new MexcExchange(client, clock);
    }

    public IExchange Exchange { get; }

    /// <exception cref="IOException">A market on paper cannot be had; the message says what to do.</exception>
    public static async Task<ExchangeSession> OpenAsync(Settings settings, TimeProvider clock, CancellationToken cancel)
    {
        if (settings.Mexc is { } keys)
            return new ExchangeSession(new MexcOptions { BaseUrl = keys.BaseUrl, ApiKey = keys.ApiKey, SecretKey = keys.SecretKey }, null, null, clock);
        var copy = Directory.CreateTempSubdirectory("ballast-plan-").FullName;
        try
        {
            CopyAccount(settings.Store.DataDirectory, copy);
            var (key, secret) = ("mx0" + TickRunner.NewId(), TickRunner.NewId() + TickRunner.NewId());
            var markets = await PaperMarkets.OpenAsync(settings.Paper, settings.Symbol, clock, cancel);
            var paper = await PaperExchangeServer.StartAsync(
                BallastServer.OptionsOf(settings.Paper with { Port = 0, Admin = false }, copy, markets, key, secret), clock, cancel);
            return new ExchangeSession(new MexcOptions { BaseUrl = paper.Url, ApiKey = key, SecretKey = secret }, paper, copy, clock);
        }
        catch (Exception)
        {
            Directory.Delete(copy, recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (paper is not null)
            await paper.DisposeAsync();
        if (copy is not null)
            Directory.Delete(copy, recursive: true);
    }

    /// <summary>A line that a server is about to finish is left out when the copy is read, as after a crash.</summary>
    private static void CopyAccount(string dataDirectory, string copy)
    {
        var account = Path.Combine(BallastServer.AccountDirectory(dataDirectory), PaperExchangeServer.AccountFileName);
        if (!File.Exists(account))
            return;
        using var source = new FileStream(account, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var beside = Directory.CreateDirectory(BallastServer.AccountDirectory(copy)).FullName;
        using var target = File.Create(Path.Combine(beside, PaperExchangeServer.AccountFileName));
        source.CopyTo(target);
    }
}
