using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ballast.Tests.Server.Store;

/// <summary>
/// A real redis-server on a free loopback port, in a directory of its own. It can be stopped, killed, frozen, and started again on the
/// same port.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(10);

    private readonly string directory = Directory.CreateTempSubdirectory("ballast-redis-").FullName;
    private readonly string[] options;
    private Process process;

    private RedisServer(string[] options, int port)
    {
        (this.options, Port) = (options, port);
        process = Launch();
    }

    public int Port { get; }

    /// <param name="options">As redis-server takes them: <c>--requirepass</c>, a word, and so on. Nothing is kept on disk unless they say so.</param>
    public static async Task<RedisServer> StartAsync(params string[] options)
    {
        // A port that was free a moment ago can be taken by the time redis-server asks for it.
        for (var attempt = 1; ; attempt++)
        {
            var server = new RedisServer(options, FreePort());
            if (await server.AnswersAsync())
                return server;
            await server.DisposeAsync();
            Assert.True(attempt < 3, "redis-server does not start");
        }
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Ends it the orderly way.</summary>
    public async Task StopAsync()
    {
        Signal("TERM");
        await process.WaitForExitAsync();
    }

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Takes all processor time from it: connections stay open, and nobody answers.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    /// <summary>Starts it again where it was; without persistence it has forgotten everything.</summary>
    public async Task StartAgainAsync()
    {
        process.Dispose();
        process = Launch();
        Assert.True(await AnswersAsync(), "redis-server does not start again");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private Process Launch()
    {
        string[] arguments =
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", directory, "--save", "", "--appendonly", "no",
            "--logfile", Path.Combine(directory, "log"), .. options,
        ];
        return Process.Start(Needs.RedisServer(), arguments);
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Whether it answers at all, if only to ask for a password.</summary>
    private async Task<bool> AnswersAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!process.HasExited && TimeProvider.System.GetElapsedTime(began) < StartPatience)
        {
            if (await PingAsync())
                return true;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
        return false;
    }

    private async Task<bool> PingAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
            var answer = new byte[16];
            return await client.GetStream().ReadAsync(answer) > 0 && answer.AsSpan().StartsWith("+PONG"u8) || answer.AsSpan().StartsWith("-NOAUTH"u8);
        }
        catch (Exception early) when (early is SocketException or IOException)
        {
            return false;
        }
    }
}
