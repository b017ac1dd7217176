using System.CommandLine;
using System.Text.Json;
using Ballast.Server.Diagnosis;

namespace Ballast.Server.Commands;

/// <summary><c>ballast doctor</c>: what is wrong and what to do about it, beside a server that is running or without one.</summary>
internal sealed class DoctorCommand(WebApplicationBuilder builder, TimeProvider clock)
{
    private const string Example = "Example: ballast doctor --json";

    public Command Command()
    {
        var asJson = new Option<bool>("--json") { Description = "Print the answer as GET /api/v1/doctor gives it, on one line." };
        var testOrder = new Option<bool>("--test-order") { Description = "In mode observe, too, let the exchange judge an order; it is never placed." };
        var command = new Command(
            "doctor",
            "Look at settings, store, exchange, keys, pair, balances, callers, ticks and books, and say what to do. "
            + $"Exit code 0: nothing fails; 1: something does; 78: a mistake in the configuration. {Example}")
        {
            asJson, testOrder,
        };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(testOrder), parsed.GetValue(asJson), cancel));
        return command;
    }

    private async Task<int> RunAsync(bool testOrder, bool json, CancellationToken cancel)
    {
        await using var patient = await Patient.OpenAsync(builder.Configuration, builder.Environment.EnvironmentName, clock, cancel);
        var answer = await new Doctor(patient, clock).RunAsync(testOrder, cancel);
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(answer, DoctorJson.Default.DoctorAnswer));
        else
            foreach (var line in DoctorText.Lines(answer, colours: IsForEyes()))
                Console.WriteLine(line);
        return patient.Mistakes.Count > 0 ? ExitCode.Configuration : answer.Summary.Fail > 0 ? ExitCode.Refused : ExitCode.Success;
    }

    /// <summary>See no-color.org.</summary>
    private static bool IsForEyes() =>
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
}
