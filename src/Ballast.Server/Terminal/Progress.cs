using System.Globalization;

namespace Ballast.Server.Terminal;

/// <summary>
/// How far something long has come, on one line of standard error that is wiped at the end. Nothing at all where that is no terminal, and
/// nothing for what is over at once.
/// </summary>
internal sealed class Progress : IDisposable
{
    private const int BarWidth = 30;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    private readonly string what;
    private readonly TimeProvider clock;
    private readonly TextWriter? screen;
    private readonly long began;
    private long drawn;
    private int width;

    private Progress(string what, TimeProvider clock, TextWriter? screen)
    {
        (this.what, this.clock, this.screen) = (what, clock, screen);
        drawn = began = clock.GetTimestamp();
    }

    /// <param name="quiet">Nothing is drawn, for example because the result itself goes to the same terminal line by line.</param>
    public static Progress Begin(string what, TimeProvider clock, bool quiet = false) =>
        new(what, clock, quiet || Console.IsErrorRedirected ? null : Console.Error);

    /// <param name="all">0 where it is not known.</param>
    public void Report(long done, long all)
    {
        if (screen is null || clock.GetElapsedTime(drawn) < (width == 0 ? Patience : Rest))
            return;
        drawn = clock.GetTimestamp();
        Draw(all > 0 ? $"{what} [{Bar(done, all)}] {Share(done, all)}" : string.Create(CultureInfo.InvariantCulture, $"{what} … {done}"));
    }

    /// <summary>Shows how long the work has been going on; nothing more is known of it.</summary>
    public async Task<T> WhileAsync<T>(Task<T> work)
    {
        while (screen is not null && !work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(width == 0 ? Patience : Rest, clock));
            if (!work.IsCompleted)
                Draw(string.Create(CultureInfo.InvariantCulture, $"{what} … {clock.GetElapsedTime(began).TotalSeconds:0} s"));
        }
        return await work;
    }

    public void Dispose()
    {
        if (width > 0)
            screen!.Write($"\r{new string(' ', width)}\r");
        width = 0;
    }

    private void Draw(string line)
    {
        screen!.Write($"\r{line.PadRight(width)}");
        width = Math.Max(width, line.Length);
    }

    private static string Bar(long done, long all)
    {
        var filled = (int)(Math.Min(done, all) * BarWidth / all);
        return new string('#', filled) + new string('.', BarWidth - filled);
    }

    private static string Share(long done, long all) => string.Create(CultureInfo.InvariantCulture, $"{Math.Min(done, all) * 100 / all,3} %");
}
