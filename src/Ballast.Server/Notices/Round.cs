using System.Globalization;

namespace Ballast.Server.Notices;

/// <summary>One message to a channel.</summary>
/// <param name="Covers">The ids of the notices that it stands for.</param>
internal sealed record Parcel(Notice Notice, IReadOnlyList<string> Covers)
{
    public bool IsDigest => Notice.Kind == NoticeKind.Digest;
}

/// <summary>What a channel is sent in one round: a pure function of what waits, of what it has been sent this hour, and of the time.</summary>
internal static class Round
{
    /// <summary>What could not be delivered for so long is given up: nobody acts on it any more.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>A notice that a channel refuses so often is given up for it; what is refused for good is refused at once.</summary>
    public const int MostRefusals = 5;

    private const int TitlesInDigest = 10;

    /// <param name="kinds">What is told at all.</param>
    public static bool Concerns(Channel channel, OutboxEntry entry, IReadOnlySet<NoticeKind> kinds) =>
        entry.Notice.Severity >= channel.From && kinds.Contains(entry.Notice.Kind);

    public static bool IsGivenUp(OutboxEntry entry, Channel channel, DateTimeOffset now) =>
        now - entry.Notice.At >= Lifetime || entry.RefusalsOf(channel) >= MostRefusals;

    /// <param name="waiting">What the channel has to get, oldest first.</param>
    /// <param name="state">The channel's, of the hour of <paramref name="now"/>.</param>
    public static IReadOnlyList<Parcel> Plan(IEnumerable<OutboxEntry> waiting, ChannelState state, int mostPerHour, DateTimeOffset now)
    {
        if (state.NotBefore > now)
            return [];
        var parcels = Merged(waiting);
        var room = Math.Max(0, mostPerHour - state.Sent);
        if (parcels.Count <= room)
            return parcels;

        // What matters most goes by itself; the rest in one, once an hour; what comes after that waits for the next hour.
        var ranked = parcels.OrderByDescending(parcel => parcel.Notice.Severity).ThenBy(parcel => parcel.Notice.At).ToList();
        IReadOnlyList<Parcel> alone = [.. ranked.Take(room).OrderBy(parcel => parcel.Notice.At)];
        return state.Digested ? alone : [.. alone, Digest(ranked[room..], now)];
    }

    /// <summary>What says the same is said once.</summary>
    private static List<Parcel> Merged(IEnumerable<OutboxEntry> waiting)
    {
        var parcels = new List<Parcel>();
        foreach (var notice in waiting.Select(entry => entry.Notice))
        {
            var same = parcels.FindIndex(parcel =>
                parcel.Notice.Kind == notice.Kind && parcel.Notice.Title == notice.Title && parcel.Notice.Text == notice.Text);
            if (same < 0)
                parcels.Add(new Parcel(notice, [notice.Id]));
            else
                parcels[same] = parcels[same] with { Covers = [.. parcels[same].Covers, notice.Id] };
        }
        return [.. parcels.Select(Counted)];
    }

    private static Parcel Counted(Parcel parcel) => parcel.Covers.Count == 1 ? parcel
        : parcel with
        {
            Notice = parcel.Notice with { Title = string.Create(CultureInfo.InvariantCulture, $"{parcel.Notice.Title} ({parcel.Covers.Count} times)") },
        };

    private static Parcel Digest(IReadOnlyList<Parcel> parcels, DateTimeOffset now)
    {
        var (first, covers) = (parcels[0].Notice, parcels.SelectMany(parcel => parcel.Covers).ToList());
        var lines = parcels.Take(TitlesInDigest).Select(parcel => $"{Channel.Mark(parcel.Notice.Severity)} {parcel.Notice.Title}").ToList();
        if (parcels.Count > TitlesInDigest)
            lines.Add("…");
        var title = string.Create(CultureInfo.InvariantCulture, $"{first.Symbol}: and {covers.Count} more");
        var facts = new Dictionary<string, string> { ["count"] = covers.Count.ToString(CultureInfo.InvariantCulture) };
        var id = Notice.IdOf(covers);
        return new Parcel(new Notice(id, NoticeKind.Digest, first.Severity, now, first.Symbol, null, title, string.Join('\n', lines), facts), covers);
    }
}
