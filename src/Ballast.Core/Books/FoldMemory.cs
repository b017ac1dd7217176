using System.Collections.Immutable;

namespace Ballast.Core.Books;

/// <summary>
/// The last fold that books were asked for, because one tick asks for it several times. It is known by the very objects that were folded, so
/// that books made from others by <c>with</c> may share it; and it is no part of what makes two books equal.
/// </summary>
internal sealed class FoldMemory : IEquatable<FoldMemory>
{
    private Folded? last;

    private sealed record Folded(AverageCost Start, ImmutableArray<Entry> Entries, AverageCost Result);

    public AverageCost Fold(AverageCost start, ImmutableArray<Entry> entries, Func<AverageCost, ImmutableArray<Entry>, AverageCost> fold)
    {
        if (last is { } known && ReferenceEquals(known.Start, start) && known.Entries == entries)
            return known.Result;
        var result = fold(start, entries);
        last = new Folded(start, entries, result);
        return result;
    }

    public bool Equals(FoldMemory? other) => other is not null;

    public override bool Equals(object? obj) => obj is FoldMemory;

    public override int GetHashCode() => 0;
}
