namespace Ballast.Core;

/// <summary>
/// The exchange's name of a pair, such as <c>QRLUSDT</c>. It is never split into assets: METALUSDT is METAL/USDT, not MET/ALUSDT;
/// <see cref="SymbolRules"/> knows the two. Letters of any script and digits, at most 40.
/// </summary>
public readonly record struct Symbol
{
    private Symbol(string name) => Name = name;

    public string Name { get; }

    public static Result<Symbol> Parse(string text)
    {
        var name = text.Trim().ToUpperInvariant();
        return name.Length is > 0 and <= 40 && name.All(char.IsLetterOrDigit)
            ? new Symbol(name)
            : Failure.BadData($"'{text}' is not a symbol; write the exchange's own name without a separator, such as QRLUSDT");
    }

    public override string ToString() => Name;
}
