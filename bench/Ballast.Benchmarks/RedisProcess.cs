using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ballast.Benchmarks;

/// <summary>A redis-server of the benchmark's own, on a free loopback port, in a directory that goes with it. Nothing is kept.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(10);

    private readonly string directory = Directory.CreateTempSubdirectory("ballast-bench-").FullName;
    private readonly Process process;

    private RedisProcess(string program)
    {
        Port = FreePort();
        process = Process.Start(program,
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", directory,
            "--save", "", "--appendonly", "no", "--logfile", Path.Combine(directory, "log"),
        ]);
    }

    public int Port { get; }

    /// <summary>Where redis-server is installed; null when it is not.</summary>
    public static string? Program => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);

    /// <exception cref="InvalidOperationException">It is not installed, or does not start.</exception>
    public static async Task<RedisProcess> StartAsync()
    {
        var server = new RedisProcess(Program ?? throw new InvalidOperationException("redis-server is not installed"));
        if (await server.ListensAsync())
            return server;
        await server.DisposeAsync();
        throw new InvalidOperationException("redis-server does not start");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task<bool> ListensAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!process.HasExited && TimeProvider.System.GetElapsedTime(began) < StartPatience)
        {
            if (await AcceptsAsync())
                return true;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
        return false;
    }

    private async Task<bool> AcceptsAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
