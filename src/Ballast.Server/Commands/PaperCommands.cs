using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ballast.Core;
using Ballast.PaperExchange.Faults;
using Ballast.Server.Configuration;

namespace Ballast.Server.Commands;

/// <summary><c>ballast paper</c>: the paper exchange alone; and, on one that is running, its faults, deposits and withdrawals.</summary>
internal sealed class PaperCommands(IConfiguration configuration, TimeProvider clock, CommandOutput output)
{
    public Command Command()
    {
        var newKeys = new Option<bool>("--new-keys") { Description = "Make new keys, and show them; clients need them from then on." };
        var paper = new Command("paper", "Serve the paper exchange alone, on this machine: no store, no ticks.") { newKeys };
        paper.SetAction((parsed, cancel) => ServeAsync(parsed.GetValue(newKeys), cancel));
        paper.Subcommands.Add(Fault());
        paper.Subcommands.Add(Talking(
            new Command("faults", "What goes wrong at present."), (_, desk, cancel) => desk.SendAsync(HttpMethod.Get, "faults", null, cancel)));
        paper.Subcommands.Add(Clear());
        paper.Subcommands.Add(Transfer("deposit", "Put units of any asset into the account."));
        paper.Subcommands.Add(Transfer("withdraw", "Take units out of the account."));
        return paper;
    }

    private async Task<int> ServeAsync(bool newKeys, CancellationToken cancel)
    {
        if (!Settings.LoadPaper(configuration, out var settings, out var symbol, out var dataDirectory, out var mistakes))
            return output.Refuse(mistakes, ExitCode.Configuration);
        try
        {
            await PaperProgram.RunAsync(settings, symbol, dataDirectory, newKeys, output.Json, clock, cancel);
            return ExitCode.Success;
        }
        catch (Exception outage) when (outage is IOException or UnauthorizedAccessException)
        {
            return output.Refuse([outage.Message], ExitCode.Unavailable);
        }
    }

    private Command Fault()
    {
        var kind = new Argument<string>("kind") { HelpName = "kind", Description = "Which:" + Environment.NewLine + Kinds() };
        var value = new Argument<decimal?>("value") { Description = "The kind's number, if it has one.", Arity = ArgumentArity.ZeroOrOne };
        var time = new Option<string?>("--for") { Description = "How long, such as 30s, 2m or 1h; until it is cleared when left out." };
        var count = new Option<int?>("--count") { Description = "For so many requests." };
        var calls = new Option<string[]>("--calls") { Description = "Only on these, such as account or \"POST order\".", AllowMultipleArgumentsPerToken = true };
        var symbol = new Option<string?>("--symbol") { Description = "Only on this pair." };
        var body = new Option<string?>("--body") { Description = "What to answer, where the kind answers something." };
        kind.AcceptOnlyFromAmong([.. FaultKind.All.Select(known => known.Name)]);
        var command = new Command("fault", "Make something go wrong.")
        {
            kind, value, time, count, calls, symbol, body,
        };
        return Talking(command, async (parsed, desk, cancel) =>
        {
            if (!Seconds(parsed.GetValue(time)).TryGet(out var seconds, out var failure))
                return failure;
            return await desk.SendAsync(HttpMethod.Post, "faults", json =>
            {
                json.WriteString("kind", parsed.GetValue(kind));
                Number(json, "value", parsed.GetValue(value));
                Number(json, "seconds", seconds);
                Number(json, "count", parsed.GetValue(count));
                Text(json, "symbol", parsed.GetValue(symbol));
                Text(json, "body", parsed.GetValue(body));
                json.WriteStartArray("calls");
                foreach (var call in (parsed.GetValue(calls) ?? []).SelectMany(words => words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
                    json.WriteStringValue(call);
                json.WriteEndArray();
            }, cancel);
        });
    }

    private Command Clear()
    {
        var kind = new Argument<string?>("kind") { HelpName = "kind", Description = "Which; all of them when left out.", Arity = ArgumentArity.ZeroOrOne };
        kind.AcceptOnlyFromAmong([.. FaultKind.All.Select(known => known.Name)]);
        return Talking(
            new Command("clear", "End a fault, or all of them.") { kind },
            (parsed, desk, cancel) => desk.SendAsync(HttpMethod.Delete, parsed.GetValue(kind) is { } named ? "faults/" + named : "faults", null, cancel));
    }

    private Command Transfer(string name, string description)
    {
        var asset = new Argument<string>("asset") { Description = "Any, listed or not." };
        var amount = new Argument<decimal>("amount") { Description = "Units of it, above 0." };
        return Talking(new Command(name, description) { asset, amount }, (parsed, desk, cancel) => desk.SendAsync(HttpMethod.Post, name, json =>
        {
            json.WriteString("asset", parsed.GetValue(asset));
            json.WriteNumber("amount", parsed.GetValue(amount));
        }, cancel));
    }

    private Command Talking(Command command, Func<ParseResult, PaperDesk, CancellationToken, Task<Result<JsonElement>>> talk)
    {
        command.SetAction(async (parsed, cancel) =>
        {
            if (!Settings.LoadPaper(configuration, out var settings, out _, out _, out var mistakes))
                return output.Refuse(mistakes, ExitCode.Configuration);
            if (settings.Port == 0)
                return output.Refuse([$"a port of 0 cannot be called; name the exchange's own with --{PaperSettings.PortName}=…"], ExitCode.Configuration);
            using var desk = new PaperDesk(settings.Port);
            if (!(await talk(parsed, desk, cancel)).TryGet(out var answer, out var failure))
                return output.Refuse([failure.Reason], failure.Kind == FailureKind.Unavailable ? ExitCode.Unavailable : ExitCode.Refused);
            Console.WriteLine(output.Json ? answer.GetRawText() : string.Join(Environment.NewLine, Lines(answer)));
            return ExitCode.Success;
        });
        return command;
    }

    private static IEnumerable<string> Lines(JsonElement answer)
    {
        if (!answer.TryGetProperty("faults", out var faults))
            return [answer.TryGetProperty("asset", out _) ? Movement(answer) : Line(answer)];
        return faults.GetArrayLength() == 0 ? ["nothing goes wrong"] : faults.EnumerateArray().Select(Line);
    }

    private static string Movement(JsonElement transfer) =>
        $"{(transfer.GetProperty("units").GetDecimal() > 0 ? "deposited" : "withdrawn")}  {Decimals.Text(Math.Abs(transfer.GetProperty("units").GetDecimal()))} {transfer.GetProperty("asset").GetString()}";

    private static string Line(JsonElement fault)
    {
        var calls = string.Join(", ", fault.GetProperty("calls").EnumerateArray().Select(call => call.GetString()));
        List<string> parts = [fault.GetProperty("effect").GetString()!];
        if (fault.TryGetProperty("value", out var value))
            parts.Add($"{value.GetRawText()} {fault.GetProperty("value_means").GetString()}");
        parts.Add(calls.Length == 0 ? "on every request" : $"on {calls}");
        if (fault.TryGetProperty("symbol", out var symbol))
            parts.Add($"{symbol.GetString()} only");
        if (fault.TryGetProperty("requests_left", out var left))
            parts.Add($"{left.GetRawText()} more times");
        parts.Add(fault.TryGetProperty("until", out var until) ? $"until {until.GetString()}" : "until it is cleared");
        return $"{fault.GetProperty("kind").GetString(),-17} {string.Join("; ", parts)}";
    }

    private static string Kinds() => string.Join(Environment.NewLine, FaultKind.All.Select(kind =>
        $"{kind.Name,-17} {kind.Effect}{(kind.Number is { } number ? $" [{number.Meaning}{(number.Usual is { } usual ? $", usually {Decimals.Text(usual)}" : "")}]" : "")}"));

    private static Result<decimal?> Seconds(string? text)
    {
        if (text is null)
            return default(decimal?);
        var unit = text is [.., 's'] ? 1 : text is [.., 'm'] ? 60 : text is [.., 'h'] ? 3600 : 0;
        return unit > 0 && decimal.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1_000_000
            ? number * unit
            : Failure.BadData($"'{text}' is not a time; write such as 30s, 2m or 1h");
    }

    private static void Number(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } given)
            json.WriteNumber(name, given);
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}
