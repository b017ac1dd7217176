using System.CommandLine;
using Ballast.Core;
using Ballast.Server.Export;
using Ballast.Server.Terminal;

namespace Ballast.Server.Commands;

/// <summary><c>ballast export trades|journal|equity</c>, to standard output or a file.</summary>
internal sealed class ExportCommand(Func<Func<StoreSession, Task<int>>, Task<int>> withStore, CommandOutput output, TimeProvider clock)
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
        var file = new Option<FileInfo?>("--output") { Description = "A file to write instead of standard output." };
        var command = new Command(name, description) { format, from, to, file };
        command.SetAction((parsed, _) => withStore(async session =>
        {
            if (!Moments.Read(parsed.GetValue(from), DateTimeOffset.UnixEpoch, endOfDay: false).TryGet(out var first, out var failure)
                || !Moments.Read(parsed.GetValue(to), DateTimeOffset.MaxValue, endOfDay: true).TryGet(out var last, out failure)
                || !(await PairAsync(session)).TryGet(out var pair, out failure))
                return output.Refuse(failure.Reason, ExitCode.Refused);
            // What is asked for as JSON is JSON; a format that was named is kept to.
            var chosen = output.Json && parsed.GetResult(format) is null or { Implicit: true } ? ExportFormat.Json : parsed.GetValue(format);
            if (chosen == ExportFormat.Rotki && name != "trades")
                return output.Refuse("rotki imports trades only; write --format csv or json", ExitCode.Refused);
            var all = await CountAsync(session, name, first, last);
            return await WriteAsync(session, pair, parsed.GetValue(file), all, exporter => write(exporter, chosen, first, last));
        }));
        return command;
    }

    private async Task<int> WriteAsync(StoreSession session, Pair pair, FileInfo? file, long all, Func<Exporter, Task> write)
    {
        long rows = 0;
        await using (var writer = file is not null ? new StreamWriter(file.FullName) : null)
        {
            // Rows that scroll by are progress enough.
            using var progress = Progress.Begin("exporting", clock, quiet: file is null && !Console.IsOutputRedirected);
            await write(new Exporter(session.Archive, pair, writer ?? Console.Out, () => progress.Report(++rows, all)));
        }
        return file is null ? ExitCode.Success
            : output.Print(
                new ExportedFile(file.FullName, rows), CommandJson.Default.ExportedFile, (exported, _) => [$"{exported.Rows} rows in {exported.File}"]);
    }

    /// <summary>0 where it is not known, or nobody looks.</summary>
    private static Task<long> CountAsync(StoreSession session, string name, DateTimeOffset from, DateTimeOffset to) =>
        Console.IsErrorRedirected ? Task.FromResult(0L)
        : name == "trades" ? session.Archive.CountTradesAsync(from, to)
        : name == "journal" ? session.Archive.CountJournalAsync()
        : Task.FromResult(0L);

    private static async Task<Result<Pair>> PairAsync(StoreSession session) =>
        !(await session.Store.ReadAsync()).Ledger.TryGet(out var ledger, out var failure) ? failure
        : ledger is not null ? ledger.Opening.Pair
        : Failure.BadData("there are no books yet; the first tick opens them");
}

/// <param name="File">Its whole path.</param>
internal sealed record ExportedFile(string File, long Rows);
