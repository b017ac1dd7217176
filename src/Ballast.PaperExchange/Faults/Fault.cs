using Ballast.Core;

namespace Ballast.PaperExchange.Faults;

/// <summary>What someone wants to go wrong. Null means the kind's own usual.</summary>
/// <param name="Kind">The name of a <see cref="FaultKind"/>.</param>
/// <param name="Calls">Which requests, as in <see cref="FaultKind.Calls"/>.</param>
/// <param name="Symbol">One pair only; null is every pair.</param>
/// <param name="For">How long, above 0.</param>
/// <param name="Count">For so many of the requests that it is about, 1 or more.</param>
/// <param name="Body">What to answer.</param>
public sealed record FaultRequest(
    string Kind,
    decimal? Value = null,
    IReadOnlyList<string>? Calls = null,
    string? Symbol = null,
    TimeSpan? For = null,
    int? Count = null,
    string? Body = null)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>The fault as it begins now; or what is wrong with the wish, and what to write instead.</summary>
    internal Result<Fault> Begin(DateTimeOffset now)
    {
        if (FaultKind.All.FirstOrDefault(kind => kind.Name == Kind) is not { } found)
            return Failure.BadData($"there is no fault '{Kind}'; write one of: {string.Join(", ", FaultKind.All)}");
        if (Unfit(found) is { } unfit)
            return unfit;
        var lasts = For ?? (Count is null ? found.Lasts : null);
        var calls = Calls is { Count: > 0 } ? Calls : found.Calls;
        return new Fault(found, Value ?? found.Number?.Usual, calls, Symbol, now, now + lasts, Count, Body);
    }

    private Failure? Unfit(FaultKind kind) =>
        UnfitNumber(kind)
        ?? (For is { } time && (time <= TimeSpan.Zero || time > Longest)
            ? Failure.BadData("a fault lasts longer than 0 seconds and 30 days at most; leave the time out to clear it by hand") : null)
        ?? (Count < 1 ? Failure.BadData("a fault is for 1 request or more; leave the count out for all of them") : null)
        ?? (Calls is { Count: > 0 } && !kind.TakesCalls ? Failure.BadData($"'{kind}' is not about single calls; leave them out") : null)
        ?? (Symbol is not null && kind.Point != FaultPoint.Pair ? Failure.BadData($"'{kind}' is not about a pair; leave the symbol out") : null)
        ?? (Body is not null && !kind.TakesBody ? Failure.BadData($"'{kind}' answers nothing of its own; leave the body out") : null);

    private Failure? UnfitNumber(FaultKind kind) => (kind.Number, Value ?? kind.Number?.Usual) switch
    {
        (null, _) when Value is not null => Failure.BadData($"'{kind}' takes no value; leave it out"),
        (null, _) => null,
        ({ } number, null) => Failure.BadData($"'{kind}' needs a value: {Range(number)}"),
        ({ } number, { } given) when given < number.Least || given > number.Most || (number.Whole && given != decimal.Truncate(given)) =>
            Failure.BadData($"{Decimals.Text(given)} is no value for '{kind}'; write {Range(number)}"),
        _ => null,
    };

    private static string Range(FaultNumber number) =>
        $"{number.Meaning}, {(number.Whole ? "a whole number " : "")}from {Decimals.Text(number.Least)} to {Decimals.Text(number.Most)}";
}

/// <summary>What goes wrong at present.</summary>
/// <param name="Value">Of the kind's <see cref="FaultNumber"/>; null when it has none.</param>
/// <param name="Calls">The requests that it is about; empty is all of them.</param>
/// <param name="Until">When it ends by itself, exclusive; null is never.</param>
/// <param name="Left">Requests that it will still meet; null is any number.</param>
public sealed record Fault(
    FaultKind Kind,
    decimal? Value,
    IReadOnlyList<string> Calls,
    string? Symbol,
    DateTimeOffset Since,
    DateTimeOffset? Until,
    int? Left,
    string? Body)
{
    /// <summary>Whether an instant falls into its time. A fault is not remembered by what was before it.</summary>
    public bool Covers(DateTimeOffset instant) => instant >= Since && !(instant >= Until);

    internal bool IsAbout(ApiCall call) =>
        (call.Keyed || !Kind.KeyedOnly) && (Calls.Count == 0 || Calls.Any(call.IsCalled));
}

/// <summary>A request, by what the exchange's documents call it.</summary>
/// <param name="Method">GET, POST, …</param>
/// <param name="Name">The path behind <c>/api/v3/</c>.</param>
/// <param name="Keyed">Whether it shows a key.</param>
internal readonly record struct ApiCall(string Method, string Name, bool Keyed)
{
    public const string Root = "/api/v3/";

    /// <summary>By its name alone, or by method and name; in any case of letters.</summary>
    public bool IsCalled(string word) =>
        word.Equals(Name, StringComparison.OrdinalIgnoreCase) || word.Equals($"{Method} {Name}", StringComparison.OrdinalIgnoreCase);
}
