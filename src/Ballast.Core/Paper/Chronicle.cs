namespace Ballast.Core.Paper;

/// <summary>Collects what one call changes and hands it over in one piece, so that whoever keeps it can keep all of it or nothing.</summary>
/// <param name="keep">Null when nobody wants to know.</param>
internal sealed class Chronicle(Action<IReadOnlyList<PaperFact>>? keep)
{
    private readonly List<PaperFact> facts = [];

    public void Note(PaperFact fact)
    {
        if (keep is not null)
            facts.Add(fact);
    }

    public void HandOver()
    {
        if (facts.Count == 0)
            return;
        PaperFact[] noted = [.. facts];
        facts.Clear();
        keep?.Invoke(noted);
    }
}
