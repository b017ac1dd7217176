using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Server.Auth;
using Ballast.Server.Events;
using Ballast.Server.Http;
using Ballast.Server.Store;
using Ballast.Server.Tasks;

namespace Ballast.Server.Books;

/// <summary>The books for their operator: look, verify, rebuild, and explain what does not add up.</summary>
public static class BooksApi
{
    public static void MapBooks(this IEndpointRouteBuilder app)
    {
        var books = app.MapGroup("/api/v1/books").RequireReader().AddEndpointFilter(Answers.StoreDown).AddEndpointFilter(ChangeWatch.WakeAfter).WithTags("Books");
        books.MapGet("", ShowAsync).WithSummary("The books as they stand").Produces<BooksAnswer>();
        books.MapGet("/profit", ProfitAsync)
            .WithSummary("Where the change of value came from, since the start of the curve or since the first point from a time on").Produces<ProfitAnswer>();
        books.MapPost("/resolve", ResolveAsync)
            .WithSummary("Records what the books do not explain as a transfer or a correction").Accepts<ResolveRequest>("application/json").Produces<BooksAnswer>();
        books.MapPost("/verify", async (HttpContext http, BooksDesk desk) =>
            Answers.Of(http, (await desk.VerifyAsync()).TryGet(out var audit, out var failure) ? AuditAnswer.From(audit) : failure, BallastJson.Default.AuditAnswer))
            .WithSummary("Compares the books with those that the journal makes").Produces<AuditAnswer>();
        books.MapPost("/rebuild", async (HttpContext http, BooksDesk desk) =>
            Answers.Of(http, (await desk.RebuildAsync()).TryGet(out var ledger, out var failure) ? BooksAnswer.From(ledger) : failure, BallastJson.Default.BooksAnswer))
            .WithSummary("Puts the books that the journal makes in the place of those in use").Produces<BooksAnswer>();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, IStore store) =>
        Answers.Of(http, (await LedgerAsync(store)).TryGet(out var ledger, out var failure) ? BooksAnswer.From(ledger) : failure, BallastJson.Default.BooksAnswer);

    private static async Task<IResult> ProfitAsync(HttpContext http, IStore store, RedisArchive archive, string? since)
    {
        if (!(await store.ReadAsync()).Equity.TryGet(out var ends, out var failure))
            return Answers.Of(http, failure, BallastJson.Default.ProfitAnswer);
        var start = ends.Start;
        if (since is not null)
        {
            if (!UtcText.TryRead(since, out var from))
                return Answers.Of(http, Failure.BadData("since must be a time in RFC 3339, such as 2026-01-01T12:00:00Z"), BallastJson.Default.ProfitAnswer);
            start = await archive.EquityAsync(from, DateTimeOffset.MaxValue) is [var first, ..] ? first.ToPoint() : null;
        }
        return Answers.Of(
            http,
            start is not null && ends.Last is { } last ? ProfitAnswer.From(ProfitByCause.Between(start, last)) : Failure.BadData("there is no point of the curve from then on"),
            BallastJson.Default.ProfitAnswer);
    }

    private static async Task<IResult> ResolveAsync(HttpContext http, IStore store, BooksDesk desk)
    {
        var pair = (await LedgerAsync(store)).TryGet(out var ledger, out _) ? ledger.Opening.Pair : null;
        if (!(await Answers.ReadAsync(http, BallastJson.Default.ResolveRequest)).TryGet(out var request, out var failure)
            || !request.Read(pair, OperatorAuthentication.Who(http)).TryGet(out var resolution, out failure))
            return Answers.Of<BooksAnswer>(http, failure, BallastJson.Default.BooksAnswer);
        return Answers.Of(
            http, (await desk.ResolveAsync(resolution)).TryGet(out var books, out failure) ? BooksAnswer.From(books) : failure, BallastJson.Default.BooksAnswer);
    }

    private static async Task<Result<Ledger>> LedgerAsync(IStore store) =>
        !(await store.ReadAsync()).Ledger.TryGet(out var ledger, out var failure) ? failure
        : ledger is not null ? ledger
        : Failure.BadData("there are no books yet; the first tick opens them");
}
