using Ballast.PaperExchange.Faults;
using Ballast.Server.Tasks;

namespace Ballast.Server.Paper;

/// <summary>What can go wrong on the paper exchange, and what does.</summary>
public sealed record FaultsAnswer(IReadOnlyList<FaultKindAnswer> Kinds, IReadOnlyList<FaultAnswer> Active)
{
    internal static FaultsAnswer Of(FaultDesk desk) => new([.. FaultKind.All.Select(FaultKindAnswer.From)], [.. desk.InForce.Select(FaultAnswer.From)]);
}

/// <param name="Says">What it does, in one clause.</param>
/// <param name="Argument">The one number that it may have; absent when it has none.</param>
/// <param name="Calls">The requests that it is about unless others are asked for; absent when it is about all, or about the market itself.</param>
/// <param name="TakesCalls">Whether it may be asked for on some calls only.</param>
/// <param name="LastsSeconds">How long it lasts unless something else is asked for; absent is until it is cleared.</param>
public sealed record FaultKindAnswer(
    string Name, string Says, FaultArgumentAnswer? Argument, IReadOnlyList<string>? Calls, bool TakesCalls, decimal? LastsSeconds)
{
    internal static FaultKindAnswer From(FaultKind kind) => new(
        kind.Name, kind.Effect,
        kind.Number is { } number ? new FaultArgumentAnswer(number.Meaning, number.Least, number.Most, number.Usual, number.Whole) : null,
        kind.Calls.Count > 0 ? kind.Calls : null,
        kind.TakesCalls,
        kind.Lasts is { } lasts ? (decimal)lasts.Ticks / TimeSpan.TicksPerSecond : null);
}

/// <param name="Usual">When none is given; absent when one must be.</param>
/// <param name="Whole">Whether fractions are refused.</param>
public sealed record FaultArgumentAnswer(string Says, decimal Least, decimal Most, decimal? Usual, bool Whole);

/// <param name="Id">One fault of a kind is in force at a time, so that the kind names it.</param>
/// <param name="Calls">Absent when it is about all.</param>
/// <param name="Count">Requests that it will still meet; absent is any number.</param>
/// <param name="Until">When it ends by itself; absent is never.</param>
public sealed record FaultAnswer(
    string Id, string Kind, string Says, decimal? Argument, IReadOnlyList<string>? Calls, int? Count, DateTime Since, DateTime? Until)
{
    internal static FaultAnswer From(Fault fault) => new(
        fault.Kind.Name, fault.Kind.Name, fault.Kind.Effect, fault.Value, fault.Calls.Count > 0 ? fault.Calls : null, fault.Left,
        TaskAnswer.ToMilliseconds(fault.Since), fault.Until is { } until ? TaskAnswer.ToMilliseconds(until) : null);
}

/// <summary>What someone wants to go wrong; absent means the kind's own usual.</summary>
/// <param name="Calls">Which requests, such as <c>account</c> or <c>POST order</c>.</param>
/// <param name="Count">For so many of them, 1 or more.</param>
/// <param name="ForSeconds">Above 0, and 30 days at most.</param>
public sealed record NewFault(string Kind, decimal? Argument = null, IReadOnlyList<string>? Calls = null, int? Count = null, decimal? ForSeconds = null);
