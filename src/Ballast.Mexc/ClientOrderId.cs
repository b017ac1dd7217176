using System.Buffers;
using Ballast.Core;

namespace Ballast.Mexc;

/// <summary>
/// The id that we give an order, and find it by when its answer is lost: 1 to 32 of A–Z a–z 0–9 _ -. The exchange documents no
/// bounds; these are what every client in use keeps to. It is not known to refuse an id that it has seen before.
/// </summary>
public static class ClientOrderId
{
    public const int Longest = 32;

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Null when the id may be sent.</summary>
    public static Failure? Check(string id) => id.Length is > 0 and <= Longest && !id.AsSpan().ContainsAnyExcept(Letters)
        ? null
        : Failure.BadData($"'{id}' is not a client order id; write 1 to {Longest} letters, digits, _ or -");
}
