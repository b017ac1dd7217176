using System.Text;
using Ballast.Core;
using Ballast.Core.Paper;
using Microsoft.AspNetCore.Http;

namespace Ballast.PaperExchange;

/// <summary>
/// What a request says, from its query and its form body, whatever content type it claims. A name in both is the query's; of a name that is
/// repeated the first counts; an empty value is an absent one; unknown names are nobody's business.
/// </summary>
internal sealed class WireParameters
{
    private const string SignatureName = "signature";

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public WireParameters(string query, string body)
    {
        Signed = WithoutSignature(query) + WithoutSignature(body);
        SignedCanonically = Canonical(query) + Canonical(body);
        Keep(Pairs(query).Concat(Pairs(body)));
    }

    /// <summary>What one order of several says; nothing in it is signed by itself.</summary>
    public WireParameters(IEnumerable<(string Name, string Value)> pairs)
    {
        (Signed, SignedCanonically) = (string.Empty, string.Empty);
        Keep(pairs);
    }

    /// <summary>What is signed, byte for byte as it was sent: query and body, nothing between them, without the signature.</summary>
    public string Signed { get; }

    /// <summary>The same after decoding and encoding again as RFC 3986 does: some clients sign this and send something looser.</summary>
    public string SignedCanonically { get; }

    /// <exception cref="BadHttpRequestException">The body is too large or breaks off.</exception>
    public static async Task<WireParameters> ReadAsync(HttpRequest request)
    {
        var query = request.QueryString.HasValue ? request.QueryString.Value![1..] : string.Empty;
        if (HttpMethods.IsGet(request.Method))
            return new WireParameters(query, string.Empty);
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return new WireParameters(query, await reader.ReadToEndAsync(request.HttpContext.RequestAborted));
    }

    /// <summary>Null when absent or empty.</summary>
    public string? Text(string name) => values.GetValueOrDefault(name);

    public Result<string> Required(string name) => Text(name) is { } text ? text : Refusals.Mandatory(name);

    /// <summary>The pair that a question names with its symbol.</summary>
    public Result<Listing> Listing(MatchingEngine engine)
    {
        if (!Required("symbol").TryGet(out var symbol, out var refusal))
            return refusal;
        return engine.Listings.FirstOrDefault(candidate => candidate.Symbol.Name == symbol) is { } listing ? listing : Refusals.InvalidSymbol;
    }

    /// <summary>A plain number, not negative, with the decimals it was written with. Null when absent.</summary>
    public Result<decimal?> Number(string name)
    {
        if (Text(name) is not { } text)
            return default(decimal?);
        return Decimals.TryParse(text, out var number) && number >= 0 ? number : Refusals.Mandatory(name);
    }

    /// <summary>A whole number, not negative. Null when absent.</summary>
    public Result<long?> Whole(string name)
    {
        if (Text(name) is not { } text)
            return default(long?);
        return text.Length <= 18 && text.All(char.IsAsciiDigit) && Decimals.TryParse(text, out var number)
            ? (long)number
            : Refusals.IllegalCharacters(name);
    }

    /// <summary>Milliseconds since 1970. Null when absent; what no calendar holds is as unreadable as a letter.</summary>
    public Result<DateTimeOffset?> Time(string name)
    {
        if (!Whole(name).TryGet(out var milliseconds, out var malformed))
            return malformed;
        if (milliseconds is not { } given)
            return default(DateTimeOffset?);
        return given <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(given)
            : Refusals.IllegalCharacters(name);
    }

    private void Keep(IEnumerable<(string Name, string Value)> pairs)
    {
        foreach (var (name, value) in pairs.Where(pair => pair.Value.Length > 0))
            values.TryAdd(name, value);
    }

    private static string WithoutSignature(string form) => string.Join('&', Pieces(form));

    private static string Canonical(string form) => string.Join('&', Pieces(form).Select(piece =>
        string.Join('=', piece.Split('=', 2).Select(part => Uri.EscapeDataString(Decoded(part))))));

    private static IEnumerable<string> Pieces(string form) =>
        form.Split('&').Where(piece => NameOf(piece) != SignatureName);

    private static IEnumerable<(string Name, string Value)> Pairs(string form) =>
        form.Split('&').Select(piece => (NameOf(piece), piece.Contains('=') ? Decoded(piece[(piece.IndexOf('=') + 1)..]) : string.Empty));

    private static string NameOf(string piece) => Decoded(piece.Split('=', 2)[0]);

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
