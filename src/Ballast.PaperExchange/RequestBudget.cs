namespace Ballast.PaperExchange;

/// <summary>So much in any stretch of so long.</summary>
internal sealed class RequestBudget(int limit, TimeSpan span)
{
    private readonly Queue<(DateTimeOffset Ends, int Weight)> spent = new();
    private int used;

    /// <summary>How long until so much may be spent; zero when it may be at once.</summary>
    public TimeSpan WaitFor(int weight, DateTimeOffset now)
    {
        while (spent.TryPeek(out var oldest) && oldest.Ends <= now)
            used -= spent.Dequeue().Weight;
        var tooMuch = used + weight - limit;
        foreach (var (ends, freed) in spent)
        {
            if (tooMuch <= 0)
                break;
            tooMuch -= freed;
            if (tooMuch <= 0)
                return ends - now;
        }
        return TimeSpan.Zero;
    }

    public void Spend(int weight, DateTimeOffset now)
    {
        spent.Enqueue((now + span, weight));
        used += weight;
    }
}
