using System.Globalization;
using Ballast.Server.Store;
using StackExchange.Redis;

namespace Ballast.Tests.Server.Store;

/// <summary>A server that speaks the Redis protocol, for one class of tests, with two instances of Ballast's client and a raw one.</summary>
public abstract class RespFixture : IAsyncLifetime
{
    private ConnectionMultiplexer? raw;
    private RedisConnection? first;
    private RedisConnection? second;

    protected virtual bool HashTags => false;

    public IDatabase Raw => raw!.GetDatabase();

    public virtual async ValueTask InitializeAsync()
    {
        if (await ServeAsync() is not { } options)
            return;
        raw = await ConnectionMultiplexer.ConnectAsync(string.Create(CultureInfo.InvariantCulture, $"{options.EndPoints[0]},allowAdmin=true"));
        first = new RedisConnection(options, TimeProvider.System);
        second = new RedisConnection(options.Clone(), TimeProvider.System);
    }

    public RespPortfolio NewPortfolio() => new(Raw, first!, second!, HashTags) { Symbol = Sample.NewSymbol() };

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in (IAsyncDisposable?[])[first, second, raw])
        {
            if (opened is not null)
                await opened.DisposeAsync();
        }
        await StopAsync();
        GC.SuppressFinalize(this);
    }

    /// <returns>How to connect; null where there is nothing to serve with.</returns>
    protected abstract Task<ConfigurationOptions?> ServeAsync();

    protected abstract ValueTask StopAsync();
}

public sealed class GarnetFixture : RespFixture
{
    private readonly string directory = Directory.CreateTempSubdirectory("ballast-garnet-").FullName;
    private EmbeddedStore? store;
    private ServerProcess? process;

    protected override async Task<ConfigurationOptions?> ServeAsync()
    {
        if (ServerProcess.Executable is not null)
        {
            process = await ServerProcess.Start(directory).ReadyAsync();
            return RedisConnection.Options("127.0.0.1", process.StorePort);
        }
        store = EmbeddedStore.Start(directory, 0);
        return store.ConnectionOptions();
    }

    protected override async ValueTask StopAsync()
    {
        store?.Dispose();
        if (process is not null)
            await process.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}

public class RedisFixture : RespFixture
{
    private RedisServer? server;

    public int Port => server!.Port;

    protected virtual string[] Options => [];

    protected override async Task<ConfigurationOptions?> ServeAsync()
    {
        if (!Needs.HasRedisServer)
            return null;
        server = await RedisServer.StartAsync(Options);
        return RedisConnection.Options("127.0.0.1", server.Port);
    }

    protected override ValueTask StopAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>A Redis Cluster of one node, which refuses commands over keys of different slots as any other does.</summary>
public sealed class ClusterFixture : RedisFixture
{
    protected override string[] Options =>
        ["--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1", "--cluster-port", RedisServer.FreePort().ToString(CultureInfo.InvariantCulture)];

    protected override bool HashTags => true;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        if (!Needs.HasRedisServer)
            return;
        await Raw.ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", 0, 16383);
        await Eventually.TrueAsync(
            async () => $"{await Raw.ExecuteAsync("CLUSTER", "INFO")}".Contains("cluster_state:ok", StringComparison.Ordinal),
            TimeSpan.FromSeconds(10), "the cluster was not ready");
    }
}
