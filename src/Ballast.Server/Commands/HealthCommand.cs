using System.CommandLine;
using Ballast.Server.Configuration;

namespace Ballast.Server.Commands;

/// <summary><c>ballast health</c>: whether the server of this machine answers, for containers, which have no other program to ask with.</summary>
internal sealed class HealthCommand(IConfiguration configuration, CommandOutput output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public Command Command()
    {
        var health = new Command("health", "Ask the server of this machine, at PORT, whether it answers. Exit code 0: it does; 1: it does not.");
        health.SetAction((_, cancel) => AskAsync(cancel));
        return health;
    }

    private async Task<int> AskAsync(CancellationToken cancel)
    {
        if (!Settings.LoadPort(configuration, out var port, out var reasons))
            return output.Refuse(reasons, ExitCode.Configuration);
        var live = new Uri($"http://127.0.0.1:{port}/health/live");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(live, cancel);
            if (!answer.IsSuccessStatusCode)
                return output.Refuse($"{live} answers {(int)answer.StatusCode}", ExitCode.Refused);
            return output.Print(new AliveAnswer("ok", live.ToString()), CommandJson.Default.AliveAnswer, (alive, _) => [alive.Status]);
        }
        catch (HttpRequestException unreachable)
        {
            return output.Refuse($"{live} cannot be reached: {unreachable.Message}", ExitCode.Refused);
        }
        catch (OperationCanceledException)
        {
            return output.Refuse($"{live} did not answer within {Patience.TotalSeconds:0} s", ExitCode.Refused);
        }
    }
}

/// <param name="Status"><c>ok</c>.</param>
/// <param name="Asked">The address that answered.</param>
internal sealed record AliveAnswer(string Status, string Asked);
