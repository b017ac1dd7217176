using System.CommandLine;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Server.Books;
using Ballast.Server.Http;
using Ballast.Server.Tasks;
using Ballast.Server.Terminal;

namespace Ballast.Server.Commands;

/// <summary><c>ballast books …</c>: the same as the API, for whoever is at the machine.</summary>
internal sealed class BooksCommands(Func<Func<StoreSession, Task<int>>, Task<int>> withStore, CommandOutput output, TimeProvider clock)
{
    public Command Command()
    {
        var books = new Command("books", "Cost and profit: look, verify, rebuild, and explain what does not add up.");
        books.Subcommands.Add(Simple("show", "The books as they stand.", ShowAsync));
        books.Subcommands.Add(Simple("profit", "Where the change of value came from since the start.", ProfitAsync));
        books.Subcommands.Add(Simple("verify", "Rebuild the books from the journal and compare. Exit code 1 when they differ.", VerifyAsync));
        books.Subcommands.Add(Simple("rebuild", "Put the books that the journal makes in the place of those in use.", RebuildAsync));
        books.Subcommands.Add(Resolve());
        return books;
    }

    private Command Simple(string name, string description, Func<StoreSession, Task<int>> run)
    {
        var command = new Command(name, description);
        command.SetAction((_, _) => withStore(run));
        return command;
    }

    private Command Resolve()
    {
        var kind = new Option<string>("--as") { Required = true, Description = "transfer or correction" };
        var reason = new Option<string>("--reason") { Required = true, Description = "Why, in one line; kept in the journal." };
        var cost = new Option<decimal?>("--cost") { Description = "Quote per coin of what came or went; the last tick's price when left out." };
        var asset = new Option<string?>("--asset") { Description = "Explain a part only: one of the pair's assets, with --amount." };
        var amount = new Option<decimal?>("--amount") { Description = "What the account gained of it; negative for a loss." };
        var command = new Command(
            "resolve", "Record what the books do not explain.")
        {
            kind, reason, cost, asset, amount,
        };
        command.SetAction((parsed, _) => withStore(async session =>
        {
            var request = new ResolveRequest(
                parsed.GetValue(kind)!, parsed.GetValue(reason)!, parsed.GetValue(cost), parsed.GetValue(asset), parsed.GetValue(amount));
            var pair = (await LedgerAsync(session)).TryGet(out var ledger, out Failure? unread) ? ledger.Opening.Pair : null;
            if (!request.Read(pair, "command line").TryGet(out var resolution, out var failure))
                return Refuse(failure);
            return (await session.Desk.ResolveAsync(resolution)).TryGet(out var books, out failure)
                ? output.Print(BooksAnswer.From(books), BallastJson.Default.BooksAnswer, Lines)
                : Refuse(failure);
        }));
        return command;
    }

    private async Task<int> ShowAsync(StoreSession session) => (await LedgerAsync(session)).TryGet(out var ledger, out var failure)
        ? output.Print(BooksAnswer.From(ledger), BallastJson.Default.BooksAnswer, Lines)
        : Refuse(failure);

    private async Task<int> ProfitAsync(StoreSession session)
    {
        if (!(await session.Store.ReadAsync()).Equity.TryGet(out var ends, out var failure))
            return Refuse(failure);
        return ends is { Start: { } start, Last: { } last }
            ? output.Print(ProfitAnswer.From(ProfitByCause.Between(start, last)), BallastJson.Default.ProfitAnswer, Lines)
            : Refuse(Failure.BadData("no tick has seen a price yet"));
    }

    private async Task<int> VerifyAsync(StoreSession session)
    {
        if (!(await WithProgressAsync("verifying the books", session.Desk.VerifyAsync())).TryGet(out var audit, out var failure))
            return Refuse(failure);
        var exitCode = audit.Discrepancies.Count == 0 ? ExitCode.Success : ExitCode.Refused;
        return output.Print(AuditAnswer.From(audit), BallastJson.Default.AuditAnswer, Lines, exitCode);
    }

    private async Task<int> RebuildAsync(StoreSession session) =>
        (await WithProgressAsync("rebuilding the books", session.Desk.RebuildAsync())).TryGet(out var ledger, out var failure)
        ? output.Print(BooksAnswer.From(ledger), BallastJson.Default.BooksAnswer, Lines)
        : Refuse(failure);

    private static async Task<Result<Ledger>> LedgerAsync(StoreSession session) =>
        !(await session.Store.ReadAsync()).Ledger.TryGet(out var ledger, out var failure) ? failure
        : ledger is not null ? ledger
        : Failure.BadData("there are no books yet; the first tick opens them");

    private async Task<T> WithProgressAsync<T>(string what, Task<T> work)
    {
        using var progress = Progress.Begin(what, clock);
        return await progress.WhileAsync(work);
    }

    private static IEnumerable<string> Lines(BooksAnswer books, Screen screen)
    {
        var assumed = books.OpeningCostAssumed ? " (assumed)" : "";
        var sheet = new Sheet("Books")
            .Add("books", $"{books.Books}{(books.UnprovenReason is { } reason ? $" since {books.UnprovenSince:u}: {reason}" : "")}")
            .Add("holds", $"{Text(books.Quantity)} {books.Base} at {Text(books.AvgCost)} {books.Quote} each")
            .Add("realised profit", $"{Text(books.RealizedPnl)} {books.Quote}, fees {Text(books.Fees)} {books.Quote}")
            .Add("opening", $"{Text(books.OpeningQuantity)} {books.Base} at {Text(books.OpeningCost)}{assumed}, {Text(books.OpeningQuote)} {books.Quote}");
        if (books.Uncovered != 0)
            sheet.Add("uncovered", $"{Text(books.Uncovered)} {books.Base}");
        if (books.WalletProblem is { } problem)
            sheet.Add("wallet", $"not read: {problem}");
        foreach (var movement in books.Recorded ?? [])
            sheet.Add("recorded", $"{movement.Kind} of {Text(movement.Units)} {(movement.Leg == "base" ? books.Base : books.Quote)}: {movement.Reason}");
        return sheet.Lines(screen);
    }

    private static IEnumerable<string> Lines(ProfitAnswer profit, Screen screen) => new Sheet("Profit")
        .Add("since", $"{profit.Since:u}")
        .Add("change", $"{Text(profit.Change)} = {Text(profit.Value)} now less {Text(profit.StartValue)} then")
        .Add("market", Text(profit.Market))
        .Add("rebalancing", Text(profit.Rebalancing))
        .Add("fees", Text(profit.Fees))
        .Add("transfers", Text(profit.Transfers))
        .Add("corrections", Text(profit.Corrections))
        .Add("unproven", Text(profit.Unproven))
        .Add("instead", $"{Text(profit.BuyAndHold)} by holding, {Text(profit.AllQuote)} in quote")
        .Lines(screen);

    private static IEnumerable<string> Lines(AuditAnswer audit, Screen screen)
    {
        yield return audit.Verified
            ? $"verified: {audit.Trades} trades and {audit.Movements} movements in the journal give the books in use"
            : $"the {audit.Trades} trades and {audit.Movements} movements in the journal give other books; ballast books rebuild puts those in place:";
        if (audit.Discrepancies.Count == 0)
            yield break;
        var table = new Table(new("What"), new("Stored"), new("Journal"));
        foreach (var found in audit.Discrepancies)
            table.Add(found.Name, found.Stored ?? "nothing", found.Journalled ?? "nothing");
        foreach (var line in table.Lines(screen))
            yield return line;
    }

    private static string Text(decimal value) => Decimals.Text(value);

    private int Refuse(Failure failure) => output.Refuse(failure.Reason, ExitCode.Refused);
}
