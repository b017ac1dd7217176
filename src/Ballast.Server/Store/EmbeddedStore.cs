using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Garnet;
using Garnet.server;
using StackExchange.Redis;
using Tsavorite.core;

namespace Ballast.Server.Store;

/// <summary>
/// Garnet in this process, on loopback, for everyone who has no Redis: the same protocol, an append-only file that is written before a
/// command is answered, and nothing to install. One process at a time has a data directory to itself.
/// </summary>
public sealed class EmbeddedStore : IDisposable
{
    /// <summary>Bytes that the append-only file may reach before a checkpoint takes its place: about a month of ticks.</summary>
    public const long MostAppendOnlyBytes = 64L * 1024 * 1024;

    /// <summary>Bytes. The file is cut away in pieces of this size, so it says how exactly the limit is kept.</summary>
    private const int AppendOnlySegment = 8 * 1024 * 1024;

    /// <summary>The file that is held open as long as a process uses the directory.</summary>
    private const string HoldName = "in-use";

    /// <summary>Longest wait for a checkpoint. Ticks that come meanwhile are refused in their own time and repeated by their scheduler.</summary>
    private static readonly TimeSpan CheckpointPatience = TimeSpan.FromMinutes(1);

    static EmbeddedStore()
    {
        if (EmbeddedLua.IsCarried)
            EmbeddedLua.Offer();
    }

    private readonly GarnetServer server;
    private readonly FileStream hold;
    private readonly long mostAppendOnlyBytes;

    private EmbeddedStore(GarnetServer server, FileStream hold, int port, string directory, long mostAppendOnlyBytes) =>
        (this.server, this.hold, Port, Directory, this.mostAppendOnlyBytes) = (server, hold, port, directory, mostAppendOnlyBytes);

    public int Port { get; }

    /// <summary>Where the data lies; absolute.</summary>
    public string Directory { get; }

    /// <summary>Bytes on disk, in whole segments.</summary>
    public long AppendOnlyBytes =>
        System.IO.Directory.EnumerateFiles(Path.Combine(Directory, "AOF"), "aof.log.*").LongCount() * AppendOnlySegment;

    /// <param name="port">0 takes any free one.</param>
    /// <exception cref="IOException">
    /// The port is taken, the directory is in use or cannot be written, or what lies in it cannot be read; the message says what to do.
    /// </exception>
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(GarnetCommandData))]
    public static EmbeddedStore Start(string directory, int port, long mostAppendOnlyBytes = MostAppendOnlyBytes)
    {
        var path = Path.GetFullPath(directory);
        System.IO.Directory.CreateDirectory(path);
        var hold = Hold(path);
        try
        {
            var (server, taken) = Serve(path, port, attempts: port == 0 ? 5 : 1);
            return new EmbeddedStore(server, hold, taken, path, mostAppendOnlyBytes);
        }
        catch (Exception)
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>Whether another process has this directory to itself.</summary>
    public static bool IsInUse(string directory)
    {
        var path = Path.Combine(Path.GetFullPath(directory), HoldName);
        if (!File.Exists(path))
            return false;
        try
        {
            using var free = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>How to connect to it; an administrator, because only those may ask for a checkpoint.</summary>
    public ConfigurationOptions ConnectionOptions()
    {
        var options = RedisConnection.Options(IPAddress.Loopback.ToString(), Port);
        options.AllowAdmin = true;

        // The client would give a checkpoint up, and in the end the connection; every other call has RedisConnection's own patience.
        options.AsyncTimeout = options.SyncTimeout = (int)CheckpointPatience.TotalMilliseconds;
        return options;
    }

    /// <summary>
    /// Replaces the append-only file by a checkpoint when it has grown too long. True when it had.
    /// </summary>
    /// <param name="connection">The one that all transactions go through. A checkpoint that Garnet takes while a transaction is being
    /// written cuts the file in the middle of it, and such a file cannot be read again; on one connection the two cannot meet.</param>
    /// <exception cref="Core.Ticks.StoreUnavailableException">It took too long; it may be completed all the same.</exception>
    public async Task<bool> ShortenAsync(RedisConnection connection)
    {
        if (AppendOnlyBytes <= mostAppendOnlyBytes)
            return false;
        await connection.CallAsync(database => database.ExecuteAsync("SAVE"), CheckpointPatience);
        return true;
    }

    public void Dispose()
    {
        server.Dispose();
        hold.Dispose();
    }

    private static (GarnetServer Server, int Port) Serve(string directory, int port, int attempts)
    {
        var endpoint = new IPEndPoint(IPAddress.Loopback, FreePort(port));
        try
        {
            return (Serve(directory, endpoint), endpoint.Port);
        }
        catch (IOException lost) when (attempts > 1 && lost.GetBaseException() is SocketException)
        {
            // Another process took the free port between its being found and its being used.
            return Serve(directory, port, attempts - 1);
        }
    }

    private static GarnetServer Serve(string directory, IPEndPoint endpoint)
    {
        GarnetServer? server = null;
        try
        {
            server = new GarnetServer(Options(directory, endpoint));
            server.Start();
            return server;
        }
        catch (Exception unreadable) when (unreadable is not UnauthorizedAccessException)
        {
            server?.Dispose();
            throw new IOException(
                $"the embedded store cannot read its data in {directory} ({unreadable.Message}): put a copy of it back, or rename the folder to begin anew",
                unreadable);
        }
    }

    /// <summary>Measured to survive SIGKILL; see docs/decisions for each choice.</summary>
    private static GarnetServerOptions Options(string directory, IPEndPoint endpoint) => new()
    {
        EndPoints = [endpoint],
        CheckpointDir = directory,
        EnableAOF = true,
        Recover = true,
        FailOnRecoveryError = true,
        WaitForCommit = true,
        CommitFrequencyMs = 0,

        // The default device needs a newer C library than Debian 12 has and takes the process down with it.
        DeviceType = DeviceType.RandomAccess,

        // The defaults reserve 16 GB; a portfolio needs a few hundred kilobytes.
        LogMemorySize = "64m",
        PageSize = "1m",
        AofMemorySize = "16m",
        AofPageSize = "2m",
        IndexMemorySize = "1m",
        BufferPoolMemoryBudget = "64m",

        // Without a place on disk, what was written longest ago is forgotten as soon as the memory above is full.
        EnableStorageTier = true,
        LogDir = directory,

        // The default segment of 1 GB would be cut away only when it is full.
        AofSegmentSize = string.Create(CultureInfo.InvariantCulture, $"{AppendOnlySegment}"),
        QuietMode = true,

        // Ballast sends no scripts; who looks after the store by hand may want to.
        EnableLua = true,
        LuaOptions = new LuaOptions(),
    };

    /// <summary>Two processes on one directory would each overwrite what the other wrote. The system lets go when a process dies.</summary>
    private static FileStream Hold(string directory)
    {
        try
        {
            return new FileStream(Path.Combine(directory, HoldName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException inUse)
        {
            throw new IOException(
                $"the data directory {directory} is in use ({inUse.Message}): stop the other Ballast, or set Ballast__Store__DataDirectory to another folder",
                inUse);
        }
    }

    /// <summary>Garnet ends the process when it cannot bind, so the port is tried first.</summary>
    private static int FreePort(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
        try
        {
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        catch (SocketException taken)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture,
                $"the embedded store cannot listen on 127.0.0.1:{port} ({taken.SocketErrorCode}): stop the other Ballast, or set Ballast__Store__Port to a free port, or REDIS_URL to a Redis of your own"), taken);
        }
    }
}
