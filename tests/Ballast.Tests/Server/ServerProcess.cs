using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Ballast.Tests.Server;

/// <summary>The program as its user starts it: a process of its own, with an environment of its own, in a directory of its own.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>A published executable to run in place of the build's own program; .ci/run sets it.</summary>
    public static readonly string? Executable = Environment.GetEnvironmentVariable("BALLAST_EXECUTABLE");

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder answer = new();
    private readonly StringBuilder said = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process) => this.process = process;

    public int Id => process.Id;

    /// <summary>Everything written to either stream so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>What it printed as its result so far.</summary>
    public string StandardOutput
    {
        get
        {
            lock (output)
                return answer.ToString();
        }
    }

    /// <summary>What it complained of and logged so far.</summary>
    public string StandardError
    {
        get
        {
            lock (output)
                return said.ToString();
        }
    }

    /// <summary>From the line that the banner offers for pasting.</summary>
    public Uri Url => new(Regex.Match(Output, @"curl -X POST (http://[^/]+)/tasks/runtime").Groups[1].Value);

    /// <summary>The embedded store's port, from the banner.</summary>
    public int StorePort => int.Parse(Regex.Match(Output, @"redis-cli -p (\d+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="settings">The whole environment besides what .NET needs; free ports, no schedule and no history unless set.</param>
    public static ServerProcess Start(string workingDirectory, IEnumerable<(string Name, string Value)>? settings = null, params string[] arguments)
    {
        string[] program = Executable is null ? ["dotnet", Path.Combine(AppContext.BaseDirectory, "Ballast.Server.dll")] : [Executable];
        return Launch([.. program, .. arguments], workingDirectory, settings);
    }

    /// <summary>The same as typed on a terminal of so many columns; both streams come as one, as standard output.</summary>
    public static ServerProcess StartInTerminal(string workingDirectory, IEnumerable<(string Name, string Value)> settings, int columns, params string[] arguments)
    {
        string[] program = Executable is null ? ["dotnet", Path.Combine(AppContext.BaseDirectory, "Ballast.Server.dll")] : [Executable];
        var typed = string.Join(' ', program.Concat(arguments).Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
        return Launch(
            ["script", "--quiet", "--return", "--command", $"stty cols {columns} rows 50; {typed}", "/dev/null"], workingDirectory,
            [("TERM", "xterm"), ("NO_COLOR", ""), .. settings]);
    }

    private static ServerProcess Launch(string[] program, string workingDirectory, IEnumerable<(string Name, string Value)>? settings)
    {
        var start = new ProcessStartInfo(program[0], program[1..])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList())
            start.Environment.Remove(name);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["PORT"] = "0";
        start.Environment["Ballast__Store__Port"] = "0";
        start.Environment["Ballast__Paper__Port"] = "0";
        start.Environment["Ballast__Schedule__Enabled"] = "false";
        start.Environment["Ballast__Paper__HistoryDays"] = "0";
        foreach (var (name, value) in settings ?? [])
            start.Environment[name] = value;

        var server = new ServerProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        server.process.OutputDataReceived += (_, line) => server.Read(line.Data, server.answer);
        server.process.ErrorDataReceived += (_, line) => server.Read(line.Data, server.said);
        server.process.Exited += (_, _) => server.ready.TrySetResult();
        server.process.Start();
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Returns when the banner of the server, or of a paper exchange alone, stands, or fails with what was printed instead.</summary>
    public async Task<ServerProcess> ReadyAsync()
    {
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.False(process.HasExited, Output);
        return this;
    }

    public void Kill() => process.Kill();

    /// <param name="name">As kill knows it: INT, TERM.</param>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<int> ExitCodeAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60));
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static bool IsOurs(string name) =>
        name.StartsWith("Ballast", StringComparison.OrdinalIgnoreCase) || name.StartsWith("MEXC_", StringComparison.Ordinal)
        || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name is "REDIS_URL" or "PORT" or "DOTNET_ENVIRONMENT";

    /// <param name="text">A line; null at the end of a stream.</param>
    private void Read(string? text, StringBuilder stream)
    {
        if (text is null)
            return;
        lock (output)
        {
            output.AppendLine(text);
            stream.AppendLine(text);
        }
        if (text.Contains("curl -X POST", StringComparison.Ordinal) || text.Contains("openssl dgst", StringComparison.Ordinal))
            ready.TrySetResult();
    }
}
