using System.Net;
using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Server.Books;
using Ballast.Server.Configuration;
using Ballast.Server.Notices;
using Ballast.Server.SignIn;
using Ballast.Server.Store;
using Ballast.Server.Tasks;
using Ballast.Server.Trading;

namespace Ballast.Server.Commands;

/// <summary>
/// The store as a command uses it: the Redis that is configured, the embedded store of a server that is running, or that store started for
/// the command alone.
/// </summary>
internal sealed class StoreSession : IAsyncDisposable
{
    private readonly EmbeddedStore? embedded;
    private readonly RedisConnection connection;

    private StoreSession(EmbeddedStore? embedded, RedisConnection connection, Symbol symbol, StoreSettings settings, TimeProvider clock)
    {
        (this.embedded, this.connection, Symbol) = (embedded, connection, symbol);
        var keys = new StoreKeys(symbol, settings.HashTags);
        var store = new RedisStore(connection, keys, symbol, settings.HistoryLimit);
        (Store, Desk, Archive) = (store, new BooksDesk(store, clock, TickRunner.NewId), new RedisArchive(connection, keys));
        SignIn = new RedisSignIn(connection, keys, TimeSpan.FromSeconds(10));
        var news = new ControlNews(new Outbox(connection, keys, symbol, news: null), always: false);
        Trading = new TradingDesk(store, new RedisControls(connection, keys, news), clock, configured: null, policy: null);
    }

    public Symbol Symbol { get; }

    public IStore Store { get; }

    public BooksDesk Desk { get; }

    public RedisArchive Archive { get; }

    public TradingDesk Trading { get; }

    public RedisSignIn SignIn { get; }

    /// <exception cref="IOException">The embedded store's directory cannot be used.</exception>
    public static StoreSession Open(Symbol symbol, StoreSettings settings, TimeProvider clock)
    {
        if (settings.Redis is { } url)
            return new StoreSession(null, new RedisConnection(RedisConnection.Options(url), clock), symbol, settings, clock);
        if (EmbeddedStore.IsInUse(settings.DataDirectory))
        {
            var running = RedisConnection.Options(IPAddress.Loopback.ToString(), settings.Port);
            return new StoreSession(null, new RedisConnection(running, clock), symbol, settings, clock);
        }
        var embedded = EmbeddedStore.Start(settings.DataDirectory, 0);
        return new StoreSession(embedded, new RedisConnection(embedded.ConnectionOptions(), clock), symbol, settings, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        embedded?.Dispose();
    }
}
