namespace Ballast.Simulation;

/// <summary>Letters that are given up when their token is cancelled, at the next event and not in the middle of one.</summary>
internal sealed class Deadlines(SingleThread thread)
{
    private readonly List<(CancellationToken Token, List<Letter> Letters)> watched = [];

    public void Watch(Letter letter, CancellationToken token)
    {
        foreach (var (other, letters) in watched)
        {
            if (other == token)
            {
                letters.Add(letter);
                return;
            }
        }
        watched.Add((token, [letter]));
    }

    /// <summary>Between two events.</summary>
    public void Look()
    {
        for (var i = watched.Count - 1; i >= 0; i--)
        {
            var (token, letters) = watched[i];
            if (!token.IsCancellationRequested && !IsOver(letters))
                continue;
            watched.RemoveAt(i);
            if (token.IsCancellationRequested)
                GiveUp(letters, token);
        }
    }

    // The newest ends last of all, most of the time; nobody cancels what waits in an instance that is gone.
    private static bool IsOver(List<Letter> letters)
    {
        while (letters.Count > 0 && (letters[^1].Ended || letters[^1].Sender.Crashed))
            letters.RemoveAt(letters.Count - 1);
        return letters.Count == 0;
    }

    private void GiveUp(List<Letter> letters, CancellationToken token)
    {
        for (var i = letters.Count - 1; i >= 0; i--)
        {
            if (letters[i].Ended)
                continue;
            letters[i].GiveUp(token);
            thread.RunAll();
        }
    }
}
