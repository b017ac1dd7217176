using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Garnet;
using Garnet.server;
using Tsavorite.core;

namespace Ballast.Server.Store;

/// <summary>
/// Garnet in this process, on loopback, for everyone who has no Redis: the same protocol, an append-only file that is written before a
/// command is answered, and nothing to install.
/// </summary>
public sealed class EmbeddedStore : IDisposable
{
    private readonly GarnetServer server;

    private EmbeddedStore(GarnetServer server, int port, string directory) => (this.server, Port, Directory) = (server, port, directory);

    public int Port { get; }

    /// <summary>Where the data lies; absolute.</summary>
    public string Directory { get; }

    /// <param name="port">0 takes any free one.</param>
    /// <exception cref="IOException">The port is taken, or the directory cannot be written; the message says what to do.</exception>
    public static EmbeddedStore Start(string directory, int port)
    {
        var path = Path.GetFullPath(directory);
        System.IO.Directory.CreateDirectory(path);
        var endpoint = new IPEndPoint(IPAddress.Loopback, FreePort(port));
        var server = new GarnetServer(Options(path, endpoint));
        server.Start();
        return new EmbeddedStore(server, endpoint.Port, path);
    }

    public void Dispose() => server.Dispose();

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

        // The append-only file would grow for ever; beyond this a checkpoint replaces it.
        AofSizeLimit = "64m",
        QuietMode = true,
    };

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
