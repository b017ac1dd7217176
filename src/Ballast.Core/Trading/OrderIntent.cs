using System.Security.Cryptography;
using System.Text;
using Ballast.Core.Books;

namespace Ballast.Core.Trading;

/// <summary>
/// An order that is about to leave, or has left, and is not settled yet. It is written down before the request leaves, so that whatever
/// happens then, the exchange can be asked for it by the id that we gave it.
/// </summary>
public sealed record OrderIntent
{
    /// <summary>What our ids begin with; the exchange's history shows by it which orders are ours.</summary>
    public const string Prefix = "ballast-";

    public required string ClientOrderId { get; init; }

    /// <summary>The tick that decided it.</summary>
    public required string Tick { get; init; }

    public required Side Side { get; init; }
    public required OrderType Type { get; init; }
    public required Quantity Quantity { get; init; }

    /// <summary>The worst price it may fill at; null for a market order.</summary>
    public required Price? Limit { get; init; }

    /// <summary>The price that it was planned at.</summary>
    public required Price Price { get; init; }

    /// <summary>By our clock. The request is signed for this time, so that one which leaves much later is refused by the exchange itself.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How often the exchange has said that it does not know it.</summary>
    public int NotFound { get; init; }

    /// <summary>What it is worth, in quote, at the planned price.</summary>
    public Amount Notional => Quantity * Price;

    /// <summary>
    /// The id of a tick's order: a function of the portfolio, the tick and the leg, and of nothing else, so that no repetition of any kind
    /// makes a second one. 32 letters, digits and hyphens.
    /// </summary>
    public static string IdOf(Symbol symbol, string tick, int leg = 0) =>
        Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{symbol}\n{tick}\n{Decimals.Text(leg)}")))[..24];
}
