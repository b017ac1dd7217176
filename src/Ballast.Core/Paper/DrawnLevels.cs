using System.Collections;
using Ballast.Core.Trading;

namespace Ballast.Core.Paper;

/// <summary>
/// One side of an invented book, drawn when somebody looks at it: most versions of a market are asked for their price alone. The draw is a
/// pure function, so two threads that come at once draw the same.
/// </summary>
internal sealed class DrawnLevels(Func<Level[]> draw) : IReadOnlyList<Level>
{
    private Level[]? drawn;

    private Level[] Levels => drawn ??= draw();

    public int Count => Levels.Length;

    public Level this[int index] => Levels[index];

    public IEnumerator<Level> GetEnumerator() => ((IEnumerable<Level>)Levels).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
