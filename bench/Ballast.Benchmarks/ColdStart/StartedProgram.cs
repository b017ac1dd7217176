using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Ballast.Benchmarks.ColdStart;

/// <param name="Time">From just before the process was started to the last byte of its answer.</param>
/// <param name="Status">Of its answer; null when it gives none.</param>
internal readonly record struct Sample(TimeSpan Time, Memory Memory, int? Status);

/// <summary>A process that is measured, and ends with this object.</summary>
internal sealed class StartedProgram : IAsyncDisposable
{
    /// <summary>What a program without an endpoint writes when its work is done.</summary>
    private const string Done = "done";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly ManualResetEventSlim done = new();

    private StartedProgram(Process process) => this.process = process;

    /// <summary>Starts it, asks it, looks at its memory, and ends it.</summary>
    /// <exception cref="InvalidOperationException">It did not answer as it should; the message shows what it wrote instead.</exception>
    public static async Task<Sample> MeasureAsync(Start start)
    {
        var began = TimeProvider.System.GetTimestamp();
        await using var program = Begin(start);
        using var line = start.Port is { } port ? new HttpLine(port) : null;
        var answer = line is null ? program.WaitUntilDone() : program.Ask(line, start.Question, start);
        var time = TimeProvider.System.GetElapsedTime(began);
        return new Sample(time, Memory.Of(program.process.Id), answer?.Status);
    }

    public static StartedProgram Begin(Start start)
    {
        var how = new ProcessStartInfo(start.Program, start.Arguments)
        {
            WorkingDirectory = start.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in how.Environment.Keys.Where(IsASetting).ToList())
            how.Environment.Remove(name);
        foreach (var (name, value) in start.Settings)
            how.Environment[name] = value;
        var program = new StartedProgram(new Process { StartInfo = how });
        program.process.OutputDataReceived += program.Read;
        program.process.ErrorDataReceived += program.Read;
        program.process.Start();
        program.process.BeginOutputReadLine();
        program.process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Asks as soon as it listens.</summary>
    /// <exception cref="InvalidOperationException">It did not answer as it should; the message shows what it wrote instead.</exception>
    public HttpAnswer Ask(HttpLine line, byte[] question, Start start)
    {
        try
        {
            line.Connect(() => process.HasExited);
            var answer = line.Ask(question);
            Judge(answer, start);
            return answer;
        }
        catch (Exception failure) when (failure is InvalidOperationException or SocketException)
        {
            throw new InvalidOperationException($"{start.Program} did not answer ({failure.Message}). It wrote:\n{Output}", failure);
        }
    }

    /// <summary>Waits until it listens, and asks nothing.</summary>
    /// <exception cref="InvalidOperationException">It does not come to that.</exception>
    public void Await(HttpLine line)
    {
        try
        {
            line.Connect(() => process.HasExited);
        }
        catch (InvalidOperationException failure)
        {
            throw new InvalidOperationException($"{process.StartInfo.FileName} does not start ({failure.Message}). It wrote:\n{Output}", failure);
        }
    }

    /// <exception cref="InvalidOperationException">The answer does not count.</exception>
    public static void Judge(HttpAnswer answer, Start start)
    {
        if (start.Objection(answer) is { } objection)
            throw new InvalidOperationException($"{objection}: {answer.Status} {answer.Body}");
    }

    /// <summary>Asks it to end, as a system that shuts down does.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-s", "TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync();
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        await process.WaitForExitAsync(deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        done.Dispose();
    }

    private string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    private HttpAnswer? WaitUntilDone()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!done.Wait(TimeSpan.FromMilliseconds(100)))
        {
            if (process.HasExited || TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException($"{process.StartInfo.FileName} was not done. It wrote:\n{Output}");
        }
        return null;
    }

    private void Read(object sender, DataReceivedEventArgs line)
    {
        if (line.Data == Done)
            done.Set();
        lock (output)
            output.AppendLine(line.Data);
    }

    /// <summary>What is set around the benchmark must not reach what it measures.</summary>
    private static bool IsASetting(string name) =>
        name.StartsWith("Ballast", StringComparison.OrdinalIgnoreCase) || name.StartsWith("MEXC_", StringComparison.Ordinal)
        || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal)
        || name is "REDIS_URL" or "PORT" or "DOTNET_ENVIRONMENT";
}
