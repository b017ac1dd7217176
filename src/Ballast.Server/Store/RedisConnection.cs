using Ballast.Core.Ticks;
using Ballast.Server.Configuration;
using Ballast.Server.Telemetry;
using StackExchange.Redis;

namespace Ballast.Server.Store;

/// <summary>
/// The connection to the store, opened as soon as the server starts and reopened by itself. Every call of a tick ends within
/// <see cref="Patience"/>, and every way a store can fail comes out as <see cref="StoreUnavailableException"/>.
/// </summary>
public sealed class RedisConnection : IAsyncDisposable
{
    /// <summary>Longest wait for one answer of the store; a tick must be refused within two seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1500);

    /// <summary>For what would be nice to have, and is not worth a tick's time.</summary>
    public static readonly TimeSpan ShortPatience = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider clock;
    private readonly StoreMeasures? measures;
    private readonly Task<ConnectionMultiplexer> connecting;
    private readonly TransactionThread transactions;

    /// <param name="measures">Null where nobody wants to know how long the calls take.</param>
    public RedisConnection(ConfigurationOptions options, TimeProvider clock, StoreMeasures? measures = null)
        : this(Task.FromResult(options), clock, measures)
    {
    }

    /// <summary>The same, to a store that is only just starting; calls wait for it as they wait for any connection.</summary>
    /// <param name="measures">Null where nobody wants to know how long the calls take.</param>
    public RedisConnection(Task<ConfigurationOptions> options, TimeProvider clock, StoreMeasures? measures = null)
    {
        (this.clock, this.measures) = (clock, measures);
        transactions = new TransactionThread(clock);
        connecting = ConnectAsync(options);
    }

    private static async Task<ConnectionMultiplexer> ConnectAsync(Task<ConfigurationOptions> options) => await ConnectionMultiplexer.ConnectAsync(await options);

    /// <summary>How we talk to any store: give up soon, and never keep a write for later.</summary>
    public static ConfigurationOptions Options(string host, int port) => new()
    {
        EndPoints = { { host, port } },
        ClientName = "ballast",
        AbortOnConnectFail = false,
        ConnectTimeout = (int)Patience.TotalMilliseconds,
        AsyncTimeout = (int)Patience.TotalMilliseconds,
        SyncTimeout = (int)Patience.TotalMilliseconds,
        HeartbeatInterval = TimeSpan.FromMilliseconds(250),
        ReconnectRetryPolicy = new LinearRetry(250),

        // Nobody listens to the store: without this, every start opens a second connection for what it might say.
        CommandMap = CommandMap.Create(["SUBSCRIBE"], available: false),
        TieBreaker = "",
        ConfigurationChannel = "",

        // A write that waited for the connection to come back would land in a world that has moved on.
        BacklogPolicy = BacklogPolicy.FailFast,
    };

    /// <summary>The same, to the store that an owner named.</summary>
    public static ConfigurationOptions Options(RedisUrl url)
    {
        var options = Options(url.Host, url.Port);
        (options.Ssl, options.SslHost) = (url.Tls, url.Tls ? url.Host : null);
        (options.User, options.Password, options.DefaultDatabase) = (url.User, url.Password, url.Database);
        return options;
    }

    /// <summary>Runs one call against the store.</summary>
    /// <exception cref="StoreUnavailableException">It could not be reached, took too long, or refused.</exception>
    public Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, StoreOperation operation = StoreOperation.Other) =>
        CallAsync(call, (begin, _) => begin(), Patience, operation);

    /// <summary>Runs one call that may take longer than a tick can wait, as upkeep does on a slow disk.</summary>
    /// <exception cref="StoreUnavailableException">It could not be reached, took too long, or refused.</exception>
    public Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, TimeSpan patience) =>
        CallAsync(call, (begin, _) => begin(), patience, StoreOperation.Other);

    /// <summary>Runs one call that begins with a transaction on conditions.</summary>
    /// <exception cref="StoreUnavailableException">It could not be reached, took too long, or refused.</exception>
    public Task<T> TransactAsync<T>(Func<IDatabase, Task<T>> call, StoreOperation operation = StoreOperation.Other) =>
        CallAsync(call, transactions.BeginAsync, Patience, operation);

    /// <summary>Runs one call that begins with a transaction on conditions and may take longer than a tick can wait.</summary>
    /// <exception cref="StoreUnavailableException">It could not be reached, took too long, or refused.</exception>
    public Task<T> TransactAsync<T>(Func<IDatabase, Task<T>> call, TimeSpan patience) =>
        CallAsync(call, transactions.BeginAsync, patience, StoreOperation.Other);

    private Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, Func<Func<Task<T>>, TimeSpan, Task<T>> begin, TimeSpan patience, StoreOperation operation) =>
        measures is null ? CallAsync(call, begin, patience) : measures.MeasureAsync(operation, () => CallAsync(call, begin, patience));

    private async Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, Func<Func<Task<T>>, TimeSpan, Task<T>> begin, TimeSpan patience)
    {
        var began = clock.GetTimestamp();
        try
        {
            var connection = await connecting.WaitAsync(patience, clock);
            var left = patience - clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                throw new TimeoutException();
            return await begin(() => call(connection.GetDatabase()), left).WaitAsync(left, clock);
        }
        catch (TimeoutException late)
        {
            throw new StoreUnavailableException($"the store did not answer within {patience.TotalMilliseconds:0} ms", late);
        }
        catch (Exception failure) when (failure is RedisException or RedisCommandException or ObjectDisposedException)
        {
            throw new StoreUnavailableException(Brief(failure.Message), failure);
        }
    }

    /// <summary>The client's messages begin with what is wrong and end in a page of its counters.</summary>
    private static string Brief(string message) => message.Length <= 240 ? message : $"{message[..240]}…";

    /// <summary>Asks for a sign of life.</summary>
    public Task<TimeSpan> PingAsync() => CallAsync(database => database.PingAsync());

    public async ValueTask DisposeAsync()
    {
        // Closing waits for nothing: whatever matters has been awaited by whoever asked for it.
        if (connecting.IsCompletedSuccessfully)
            await (await connecting).CloseAsync(allowCommandsToComplete: false);
        transactions.Dispose();
    }
}
