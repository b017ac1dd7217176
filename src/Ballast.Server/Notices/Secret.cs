namespace Ballast.Server.Notices;

/// <summary>A text that may be sent to the one it is for and shown to nobody: no log, error or <see cref="ToString"/> has it.</summary>
public sealed class Secret
{
    /// <summary>What stands in its place.</summary>
    private const string Hidden = "***";

    /// <summary>A shorter piece gives nothing away, and would blot out half a sentence.</summary>
    private const int ShortestPiece = 6;

    private readonly string[] pieces;

    private Secret(string value, IEnumerable<string> pieces) =>
        (Value, this.pieces) = (value, [value, .. pieces.Where(piece => piece.Length >= ShortestPiece).Distinct().OrderByDescending(piece => piece.Length)]);

    public Secret(string value)
        : this(value, [])
    {
    }

    /// <summary>An address: servers like to repeat parts of it in what they answer.</summary>
    internal static Secret Of(Uri address) => new(address.AbsoluteUri, [
        address.PathAndQuery, address.AbsolutePath, .. address.AbsolutePath.Split('/'), .. address.Query.TrimStart('?').Split('&', '=')]);

    /// <summary>A bot's token: its number is no secret, the key behind it is.</summary>
    internal static Secret OfBot(string token) => new(token, [Uri.EscapeDataString(token), token.Split(':')[^1]]);

    /// <summary>For the request that needs it.</summary>
    internal string Value { get; }

    /// <summary>Another's words about a request, which may repeat what was sent.</summary>
    internal string Blot(string words)
    {
        foreach (var piece in pieces)
            words = words.Replace(piece, Hidden, StringComparison.OrdinalIgnoreCase);
        return words;
    }

    public override string ToString() => Hidden;
}
