using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Server.Books;
using Ballast.Server.Http;
using Ballast.Server.Tasks;

namespace Ballast.Server.Commands;

/// <summary><c>ballast books …</c>: the same as the API, for whoever is at the machine.</summary>
internal sealed class BooksCommands(Func<Func<StoreSession, Task<int>>, Task<int>> withStore)
{
    private readonly Option<bool> asJson = new("--json") { Description = "Answer as JSON.", Recursive = true };

    public Command Command()
    {
        var books = new Command("books", "Cost and profit: look, verify, rebuild, and explain what does not add up.");
        books.Options.Add(asJson);
        books.Subcommands.Add(Simple("show", "The books as they stand.", ShowAsync));
        books.Subcommands.Add(Simple("profit", "Where the change of value came from since the start.", ProfitAsync));
        books.Subcommands.Add(Simple("verify", "Rebuild the books from the journal and compare. Exit code 1 when they differ.", VerifyAsync));
        books.Subcommands.Add(Simple("rebuild", "Put the books that the journal makes in the place of those in use.", RebuildAsync));
        books.Subcommands.Add(Resolve());
        return books;
    }

    private Command Simple(string name, string description, Func<StoreSession, bool, Task<int>> run)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, _) => withStore(session => run(session, parsed.GetValue(asJson))));
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
            "resolve", "Record what the books do not explain. Example: ballast books resolve --as transfer --reason \"moved in from my wallet\" --cost 0.05")
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
                ? Print(parsed.GetValue(asJson), BooksAnswer.From(books), BallastJson.Default.BooksAnswer, Lines)
                : Refuse(failure);
        }));
        return command;
    }

    private static async Task<int> ShowAsync(StoreSession session, bool json) => (await LedgerAsync(session)).TryGet(out var ledger, out var failure)
        ? Print(json, BooksAnswer.From(ledger), BallastJson.Default.BooksAnswer, Lines)
        : Refuse(failure);

    private static async Task<int> ProfitAsync(StoreSession session, bool json)
    {
        if (!(await session.Store.ReadAsync()).Equity.TryGet(out var ends, out var failure))
            return Refuse(failure);
        return ends is { Start: { } start, Last: { } last }
            ? Print(json, ProfitAnswer.From(ProfitByCause.Between(start, last)), BallastJson.Default.ProfitAnswer, Lines)
            : Refuse(Failure.BadData("no tick has seen a price yet"));
    }

    private static async Task<int> VerifyAsync(StoreSession session, bool json)
    {
        if (!(await session.Desk.VerifyAsync()).TryGet(out var audit, out var failure))
            return Refuse(failure);
        var answer = AuditAnswer.From(audit);
        Print(json, answer, BallastJson.Default.AuditAnswer, Lines);
        return answer.Verified ? ExitCode.Success : ExitCode.Refused;
    }

    private static async Task<int> RebuildAsync(StoreSession session, bool json) => (await session.Desk.RebuildAsync()).TryGet(out var ledger, out var failure)
        ? Print(json, BooksAnswer.From(ledger), BallastJson.Default.BooksAnswer, Lines)
        : Refuse(failure);

    private static async Task<Result<Ledger>> LedgerAsync(StoreSession session) =>
        !(await session.Store.ReadAsync()).Ledger.TryGet(out var ledger, out var failure) ? failure
        : ledger is not null ? ledger
        : Failure.BadData("there are no books yet; the first tick opens them");

    private static IEnumerable<string> Lines(BooksAnswer books)
    {
        yield return $"books            {books.Books}{(books.UnprovenReason is { } reason ? $" since {books.UnprovenSince:u}: {reason}" : "")}";
        yield return $"holds            {Text(books.Quantity)} {books.Base} at {Text(books.AvgCost)} {books.Quote} each";
        yield return $"realised profit  {Text(books.RealizedPnl)} {books.Quote}, fees {Text(books.Fees)} {books.Quote}";
        yield return $"opening          {Text(books.OpeningQuantity)} {books.Base} at {Text(books.OpeningCost)}{(books.OpeningCostAssumed ? " (assumed)" : "")}, {Text(books.OpeningQuote)} {books.Quote}";
        if (books.Uncovered != 0)
            yield return $"uncovered        {Text(books.Uncovered)} {books.Base}";
        if (books.WalletProblem is { } problem)
            yield return $"wallet           not read: {problem}";
        foreach (var movement in books.Recorded ?? [])
            yield return $"recorded         {movement.Kind} of {Text(movement.Units)} {(movement.Leg == "base" ? books.Base : books.Quote)}: {movement.Reason}";
    }

    private static IEnumerable<string> Lines(ProfitAnswer profit) =>
    [
        $"since        {profit.Since:u}",
        $"change       {Text(profit.Change)} = {Text(profit.Value)} now less {Text(profit.StartValue)} then",
        $"market       {Text(profit.Market)}",
        $"rebalancing  {Text(profit.Rebalancing)}",
        $"fees         {Text(profit.Fees)}",
        $"transfers    {Text(profit.Transfers)}",
        $"corrections  {Text(profit.Corrections)}",
        $"unproven     {Text(profit.Unproven)}",
        $"instead      {Text(profit.BuyAndHold)} by holding, {Text(profit.AllQuote)} in quote",
    ];

    private static IEnumerable<string> Lines(AuditAnswer audit)
    {
        yield return audit.Verified
            ? $"verified: {audit.Trades} trades and {audit.Movements} movements in the journal give the books in use"
            : $"the {audit.Trades} trades and {audit.Movements} movements in the journal give other books; ballast books rebuild puts those in place:";
        foreach (var found in audit.Discrepancies)
            yield return $"  {found.Name}: stored {found.Stored ?? "nothing"}, journal {found.Journalled ?? "nothing"}";
    }

    private static string Text(decimal value) => Decimals.Text(value);

    private static int Print<T>(bool json, T answer, JsonTypeInfo<T> type, Func<T, IEnumerable<string>> lines)
    {
        Console.WriteLine(json ? JsonSerializer.Serialize(answer, type) : string.Join(Environment.NewLine, lines(answer)));
        return ExitCode.Success;
    }

    private static int Refuse(Failure failure)
    {
        Console.Error.WriteLine($"ballast: {failure.Reason}");
        return ExitCode.Refused;
    }
}
