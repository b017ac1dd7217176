namespace Ballast.Server.Terminal;

internal static class Words
{
    /// <summary>Fewer columns than these are not worth breaking a text for.</summary>
    private const int Least = 16;

    /// <summary>The text in lines of at most <paramref name="width"/>, broken between words; a longer word stands alone.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var rest = text;
        while (rest.Length > width && width >= Least)
        {
            var space = rest.LastIndexOf(' ', width);
            if (space <= 0)
                space = rest.IndexOf(' ', width);
            if (space <= 0)
                break;
            yield return rest[..space];
            rest = rest[(space + 1)..];
        }
        yield return rest;
    }
}
