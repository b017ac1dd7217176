using System.CommandLine;
using Ballast.Core;
using Ballast.Server.Export;

namespace Ballast.Server.Commands;

/// <summary><c>ballast export trades|journal|equity</c>, to standard output or a file.</summary>
internal sealed class ExportCommand(Func<Func<StoreSession, Task<int>>, Task<int>> withStore)
{
    public Command Command()
    {
        var export = new Command("export", "Write what is kept as CSV or JSON, with exact decimals and UTC times.");
        export.Subcommands.Add(Table("trades", "Every trade. --format rotki writes rotki's generic import of trades.", (exporter, format, from, to) => exporter.TradesAsync(format, from, to)));
        export.Subcommands.Add(Table("journal", "Everything that was ever booked, in the order in which it was.", (exporter, format, from, to) => exporter.JournalAsync(format, from, to)));
        export.Subcommands.Add(Table("equity", "The value of the portfolio, tick by tick, with the flows behind it.", (exporter, format, from, to) => exporter.EquityAsync(format, from, to)));
        return export;
    }

    private Command Table(string name, string description, Func<Exporter, ExportFormat, DateTimeOffset, DateTimeOffset, Task> write)
    {
        var format = new Option<ExportFormat>("--format") { Description = name == "trades" ? "csv, json or rotki" : "csv or json" };
        var from = new Option<string?>("--from") { Description = "First day or time, UTC, such as 2026-01-01 or 2026-01-01T12:00:00Z." };
        var to = new Option<string?>("--to") { Description = "Last day or time, included." };
        var output = new Option<FileInfo?>("--output") { Description = "A file to write instead of standard output." };
        var command = new Command(name, $"{description} Example: ballast export {name} --format csv --from 2026-01-01") { format, from, to, output };
        command.SetAction((parsed, _) => withStore(async session =>
        {
            if (!Moment(parsed.GetValue(from), DateTimeOffset.UnixEpoch, endOfDay: false).TryGet(out var first, out var failure)
                || !Moment(parsed.GetValue(to), DateTimeOffset.MaxValue, endOfDay: true).TryGet(out var last, out failure)
                || !(await PairAsync(session)).TryGet(out var pair, out failure))
                return Refuse(failure);
            if (parsed.GetValue(format) == ExportFormat.Rotki && name != "trades")
                return Refuse(Failure.BadData("rotki imports trades only; write --format csv or json"));
            await using var writer = parsed.GetValue(output) is { } file ? new StreamWriter(file.FullName) : null;
            await write(new Exporter(session.Archive, pair, writer ?? Console.Out), parsed.GetValue(format), first, last);
            return ExitCode.Success;
        }));
        return command;
    }

    private static async Task<Result<Pair>> PairAsync(StoreSession session) =>
        !(await session.Store.ReadAsync()).Ledger.TryGet(out var ledger, out var failure) ? failure
        : ledger is not null ? ledger.Opening.Pair
        : Failure.BadData("there are no books yet; the first tick opens them");

    private static Result<DateTimeOffset> Moment(string? text, DateTimeOffset absent, bool endOfDay) =>
        text is null ? absent
        : UtcText.TryRead(text, out var time) ? time
        : UtcText.TryRead($"{text}T00:00:00Z", out var day) ? endOfDay ? day.AddDays(1).AddMilliseconds(-1) : day
        : Failure.BadData($"'{text}' is not a day or a time in UTC; write it such as 2026-01-01 or 2026-01-01T12:00:00Z");

    private static int Refuse(Failure failure)
    {
        Console.Error.WriteLine($"ballast: {failure.Reason}");
        return ExitCode.Refused;
    }
}
