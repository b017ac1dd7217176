namespace Ballast.Server.Terminal;

/// <summary>What a stream leads to. Colours and bars are for people only: a pipe gets the same words without them.</summary>
/// <param name="IsTerminal">Whether somebody looks at it.</param>
/// <param name="Colours">Never without a terminal, nor where <c>NO_COLOR</c> is set or the terminal is a dumb one.</param>
/// <param name="Width">Columns; null in a pipe, where no line is broken.</param>
internal sealed record Screen(bool IsTerminal, bool Colours, int? Width)
{
    private const int UsualWidth = 100;

    /// <summary>Narrower than this nothing is broken: it would be harder to read, not easier.</summary>
    private const int LeastWidth = 40;

    public static Screen Output() => Of(!Console.IsOutputRedirected);

    public static Screen Error() => Of(!Console.IsErrorRedirected);

    public string Bold(string text) => Colours ? $"\e[1m{text}\e[0m" : text;

    public string Dim(string text) => Colours ? $"\e[2m{text}\e[0m" : text;

    private static Screen Of(bool terminal) => new(
        terminal,
        terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb",
        terminal ? ColumnsOf() : null);

    // A pseudo-terminal without a size has none to tell.
    private static int ColumnsOf()
    {
        try
        {
            return Console.WindowWidth is var width and >= LeastWidth ? width : UsualWidth;
        }
        catch (IOException)
        {
            return UsualWidth;
        }
    }
}
