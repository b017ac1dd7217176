using static System.FormattableString;

namespace Ballast.Benchmarks.ColdStart;

/// <summary>The findings as tables, and what was to be true of them.</summary>
internal static class Report
{
    /// <summary>Milliseconds of a warm tick of the service that this one replaces, as it was once measured.</summary>
    private const decimal ReplacedWarmMs = 92;

    private const decimal MostMegabytes = 45;

    public static IEnumerable<string> Lines(Findings found) => [.. Cold(found), "", .. Warm(found), .. Sizes(found), "", .. Verdicts(found)];

    private static IEnumerable<string> Cold(Findings found)
    {
        yield return $"{"cold",-10}{"median",10}{"q1",9}{"q3",9}{"× hello",9}{"resident",13}{"× hello",9}{"peak",11}{"× hello",9}";
        foreach (var name in found.Cold.Keys)
        {
            var (time, resident, peak) = (found.Time(name)!.Value, found.Resident(name)!.Value, found.Peak(name)!.Value);
            yield return Invariant($"{name,-10}{time.Median,7:F1} ms{time.Lower,9:F1}{time.Upper,9:F1}{Ratio(time, found.Time(Contestant.Hello)),9}")
                + Invariant($"{resident.Median,10:F1} MB{Ratio(resident, found.Resident(Contestant.Hello)),9}")
                + Invariant($"{peak.Median,8:F1} MB{Ratio(peak, found.Peak(Contestant.Hello)),9}");
        }
        if (found.Cold.TryGetValue(Contestant.Other, out var others))
            yield return $"the other program answered {string.Join(", ", others.Select(sample => sample.Status).Distinct())}";
        if (found.Issuer.Starts > 0)
            yield return Invariant($"the issuer's keys were fetched {found.Issuer.Readings} times in {found.Issuer.Starts} starts of the server");
    }

    private static IEnumerable<string> Warm(Findings found)
    {
        if (found.Warm.Count == 0)
            yield break;
        yield return $"{"warm",-10}{"median",10}{"q1",9}{"q3",9}";
        foreach (var (name, time) in found.Warm)
            yield return Invariant($"{name,-10}{time.Median,7:F2} ms{time.Lower,9:F2}{time.Upper,9:F2}");
        yield return "";
    }

    private static IEnumerable<string> Sizes(Findings found) => found.Programs.Select(program => Invariant(
        $"{program.Key,-10}{Path.GetFileName(program.Value.File)} has {program.Value.Megabytes:F1} MB, its folder {program.Value.FolderMegabytes:F1} MB"));

    private static IEnumerable<string> Verdicts(Findings found)
    {
        var (hello, server, embedded, other) =
            (found.Time(Contestant.Hello), found.Time(Contestant.Server), found.Time(Contestant.Embedded), found.Time(Contestant.Other));
        yield return AtMost(1.7m, "× hello's first answer: a complete tick from a cold start", server?.Median / hello?.Median);
        yield return AtMost(2.5m, "× hello's resident memory, after it", found.Resident(Contestant.Server)?.Median / found.Resident(Contestant.Hello)?.Median);
        yield return AtMost(0.5m, "× hello's first answer more, with the embedded store", (embedded?.Median - server?.Median) / hello?.Median);
        yield return AtMost(MostMegabytes, "MB: the server's executable", found.Programs.GetValueOrDefault(Contestant.Server) is { Managed: false } alone ? alone.Megabytes : null);
        yield return AtMost(ReplacedWarmMs / 30, "ms: a warm tick", WarmOf(Contestant.Server));
        yield return AtMost(ReplacedWarmMs / 30, "ms: a warm tick with the embedded store", WarmOf(Contestant.Embedded));
        if (other is null)
            yield break;
        yield return AtLeast(10, "× faster than the other program from a cold start", other?.Median / server?.Median);
        yield return AtLeast(30, "× faster than the other program when warm", WarmOf(Contestant.Other) / WarmOf(Contestant.Server));

        decimal? WarmOf(string name) => found.Warm.TryGetValue(name, out var time) ? time.Median : null;
    }

    private static string AtMost(decimal limit, string what, decimal? value) =>
        Invariant($"{Verdict(value is null ? null : value <= limit),-14}{value,7:F2}  at most {limit:0.##} {what}");

    private static string AtLeast(decimal limit, string what, decimal? value) =>
        Invariant($"{Verdict(value is null ? null : value >= limit),-14}{value,7:F2}  at least {limit:0.##} {what}");

    private static string Verdict(bool? met) => met switch { true => "met", false => "missed", null => "not measured" };

    private static string Ratio(Quartiles value, Quartiles? hello) => hello is { } one ? Invariant($"{value.Median / one.Median:F2}") : "";
}
