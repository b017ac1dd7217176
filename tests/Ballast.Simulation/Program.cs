using System.Globalization;
using Ballast.Simulation;

const int LastEvents = 60;
var (first, seeds) = (ulong.Parse(Option("--first") ?? "1", CultureInfo.InvariantCulture), int.Parse(Option("--seeds") ?? "1000", CultureInfo.InvariantCulture));
var parallel = int.Parse(Option("--parallel") ?? Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
if (Option("--seed") is { } one)
    return Replay(ulong.Parse(one, CultureInfo.InvariantCulture));
return args.Contains("--mutations") ? Mutate()
    : args.Contains("--crashes") ? Report(campaign => CrashEverywhere(campaign))
    : Report(campaign => campaign.Search(first, seeds, parallel: parallel));

string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

int Replay(ulong seed)
{
    var crash = Option("--crash") is { } letter ? new CrashPoint(long.Parse(letter, CultureInfo.InvariantCulture), args.Contains("--acted")) : null;
    var log = Campaign.Tell(seed, Option("--mutation") is { } name ? Mutations.Named(name) : null, crash);
    foreach (var line in log.Lines)
        Console.WriteLine(line);
    Console.WriteLine($"digest {log.Digest}");
    return 0;
}

Run? CrashEverywhere(Campaign campaign) => Enumerable.Range(0, seeds)
    .Select(number => campaign.CrashEverywhere(first + (ulong)number, parallel: parallel)).FirstOrDefault(broken => broken is not null);

int Report(Func<Campaign, Run?> search)
{
    var (campaign, began) = (new Campaign(), TimeProvider.System.GetTimestamp());
    var failed = search(campaign);
    var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    var (years, busy) = (campaign.Simulated.TotalDays / 365.25, Environment.CpuUsage.TotalTime.TotalSeconds);
    Console.WriteLine(FormattableString.Invariant(
        $"{campaign.Seeds} seeds, {campaign.Ticks} ticks, {campaign.Orders} orders, {years:F2} simulated years in {seconds:F1} s, {parallel} side by side"));
    Console.WriteLine(FormattableString.Invariant(
        $"{campaign.Seeds / seconds:F0} seeds/s, {campaign.Ticks / seconds:F0} ticks/s, {years / seconds:F3} simulated years/s"));
    Console.WriteLine(FormattableString.Invariant(
        $"{campaign.Seeds / busy:F0} seeds, {campaign.Ticks / busy:F0} ticks, {years / busy:F3} simulated years a second of one core ({busy:F1} s of them)"));
    foreach (var kind in Enum.GetValues<FaultKind>().Where(kind => campaign.Faults[(int)kind] > 0))
        Console.WriteLine(FormattableString.Invariant($"  {kind,-20} {campaign.Faults[(int)kind],10}"));
    if (failed is not { Breach: { } breach })
        return 0;
    foreach (var line in Campaign.Tell(failed.Seed, crash: failed.Crash).Lines.TakeLast(LastEvents))
        Console.WriteLine(line);
    var place = failed.Crash is { } point ? $" --crash {point.Letter}{(point.Acted ? " --acted" : "")}" : "";
    Console.WriteLine($"--seed {failed.Seed}{place}: {breach.Rule}: {breach.Detail}");
    return 1;
}

int Mutate()
{
    var missed = 0;
    Console.WriteLine("| Mutation | Mistake | Caught at seed | By the rule |");
    Console.WriteLine("|---|---|---|---|");
    foreach (var mutation in Mutations.All)
    {
        var caught = new Campaign().Search(first, seeds, mutation, parallel);
        missed += caught is null ? 1 : 0;
        Console.WriteLine($"| {mutation.Name} | {mutation.Mistake} | {caught?.Seed.ToString(CultureInfo.InvariantCulture) ?? "never"} | {caught?.Breach?.Rule ?? ""} |");
    }
    foreach (var mutation in Mutations.Harmless)
    {
        var caught = new Campaign().Search(first, seeds, mutation, parallel);
        missed += caught is null ? 0 : 1;
        Console.WriteLine($"| {mutation.Name} | {mutation.Mistake}; harmless by design | {caught?.Seed.ToString(CultureInfo.InvariantCulture) ?? "never, as it should be"} | {caught?.Breach?.Rule ?? ""} |");
    }
    return missed == 0 ? 0 : 1;
}
