using System.Globalization;

namespace Ballast.Server.Paper;

/// <summary>The past of a paper account as it comes to be: a bar on a terminal, and one line when it is there.</summary>
public static class PastOnConsole
{
    private const int Cells = 30;

    public static void Show(PastProgress past)
    {
        var terminal = !Console.IsOutputRedirected;
        if (past.Took is { } took)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{(terminal ? "\r" : "")}{past.Days} days of play on the synthetic market: {past.Ticks} ticks and {past.Orders} orders, run in {took.TotalSeconds:0.0} s"));
        else if (terminal)
            Console.Write(Bar(past));
    }

    /// <summary>Begins at the left edge, so that the next one covers it.</summary>
    public static string Bar(PastProgress past)
    {
        var full = Cells * past.Ticks / past.AllTicks;
        return string.Create(CultureInfo.InvariantCulture,
            $"\r{past.Days} days of play  [{new string('#', full)}{new string('.', Cells - full)}] {100 * past.Ticks / past.AllTicks,3} %");
    }
}
