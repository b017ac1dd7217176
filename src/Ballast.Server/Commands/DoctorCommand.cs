using System.CommandLine;
using Ballast.Server.Diagnosis;

namespace Ballast.Server.Commands;

/// <summary><c>ballast doctor</c>: what is wrong and what to do about it, beside a server that is running or without one.</summary>
internal sealed class DoctorCommand(WebApplicationBuilder builder, TimeProvider clock, CommandOutput output)
{
    public Command Command()
    {
        var testOrder = new Option<bool>("--test-order") { Description = "In mode observe, too, let the exchange judge an order; it is never placed." };
        var command = new Command(
            "doctor",
            "Look at settings, store, exchange, keys, pair, balances, callers, ticks and books, and say what to do. "
            + "Exit code 0: nothing fails; 1: something does; 78: a mistake in the configuration.")
        {
            testOrder,
        };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(testOrder), cancel));
        return command;
    }

    private async Task<int> RunAsync(bool testOrder, CancellationToken cancel)
    {
        await using var patient = await Patient.OpenAsync(builder.Configuration, builder.Environment.EnvironmentName, clock, cancel);
        var answer = await new Doctor(patient, clock).RunAsync(testOrder, cancel);
        return output.Print(
            answer, DoctorJson.Default.DoctorAnswer, (shown, screen) => DoctorText.Lines(shown, screen.Colours),
            patient.Mistakes.Count > 0 ? ExitCode.Configuration : answer.Summary.Fail > 0 ? ExitCode.Refused : ExitCode.Success);
    }
}
