using System.Globalization;

namespace Ballast.Mexc;

/// <summary>
/// A query as it will stand on the wire. It is escaped once, here, after RFC 3986: only A–Z a–z 0–9 - _ . ~ stay raw, everything
/// else becomes upper-case escapes of its UTF-8. The exchange re-encodes what it decoded before it checks a signature, so a raw
/// parenthesis or a lower-case escape would fail there.
/// </summary>
internal sealed record RequestQuery
{
    public static readonly RequestQuery Empty = new("");

    private RequestQuery(string text) => Text = text;

    public string Text { get; }

    /// <summary>Appends a parameter; one without a value is left out, as the exchange treats it so anyway.</summary>
    public RequestQuery And(string name, string? value) => string.IsNullOrEmpty(value)
        ? this
        : new RequestQuery($"{Text}{(Text.Length == 0 ? "" : "&")}{name}={Uri.EscapeDataString(value)}");

    public RequestQuery And(string name, long value) => And(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The same with window, time and, last, the signature over all before it.</summary>
    public RequestQuery Signed(MexcSigner signer, TimeSpan receiveWindow, DateTimeOffset exchangeTime)
    {
        var unsigned = And("recvWindow", receiveWindow.Ticks / TimeSpan.TicksPerMillisecond)
            .And("timestamp", exchangeTime.ToUnixTimeMilliseconds());
        return unsigned.And("signature", signer.Sign(unsigned.Text));
    }
}
