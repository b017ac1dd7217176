using System.Globalization;

namespace Ballast.Benchmarks.ColdStart;

/// <summary>What a process and those that it started hold in memory, as the kernel counts it.</summary>
/// <param name="ResidentKb">VmRSS.</param>
/// <param name="PeakKb">VmHWM.</param>
internal readonly record struct Memory(long ResidentKb, long PeakKb)
{
    public static Memory Of(int process)
    {
        var lines = File.ReadAllLines($"/proc/{process}/status");
        var own = new Memory(Kilobytes("VmRSS:"), Kilobytes("VmHWM:"));
        return Children(process).Select(Of).Aggregate(own, (sum, child) => new Memory(sum.ResidentKb + child.ResidentKb, sum.PeakKb + child.PeakKb));

        // "VmRSS:     18432 kB"
        long Kilobytes(string name) => lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? long.Parse(line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0], CultureInfo.InvariantCulture) : 0;
    }

    private static IEnumerable<int> Children(int process) => Directory.EnumerateDirectories($"/proc/{process}/task")
        .Select(task => Path.Combine(task, "children"))
        .Where(File.Exists)
        .SelectMany(list => File.ReadAllText(list).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(id => int.Parse(id, CultureInfo.InvariantCulture));
}
