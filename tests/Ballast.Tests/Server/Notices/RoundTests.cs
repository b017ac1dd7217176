using Ballast.Server.Notices;
using Ballast.Tests.Core;
using Ballast.Tests.Server.Store;

namespace Ballast.Tests.Server.Notices;

/// <summary>What a channel is sent in one round: in order, the same thing once, and never more than its owner wants in an hour.</summary>
public class RoundTests
{
    private static readonly DateTimeOffset Now = Sample.Noon;
    private static readonly ChannelState Fresh = ChannelState.New.At(Now);
    private static readonly Channel Phone = new NtfyChannel(new NtfySettings(new Uri("https://ntfy.sh/"), new Secret("topic"), null, Severity.Warning));

    [Fact]
    public void Few_notices_go_one_by_one() =>
        Assert.Equal(["0", "1", "2"], Round.Plan(Entries(3), Fresh, 20, Now).Select(parcel => parcel.Notice.Title));

    [Fact]
    public void The_same_notice_is_sent_once_with_how_often_it_was_there()
    {
        var entries = Entries(3).Select(entry => entry with { Notice = entry.Notice with { Title = "a tick failed", Text = "why" } });
        var parcel = Assert.Single(Round.Plan(entries, Fresh, 20, Now));
        Assert.Equal(("a tick failed (3 times)", 3), (parcel.Notice.Title, parcel.Covers.Count));
    }

    [Fact]
    public void What_is_beyond_the_most_of_an_hour_is_one_message_and_alarms_are_not_in_it()
    {
        var entries = Entries(27).ToList();
        entries[26] = entries[26] with { Notice = entries[26].Notice with { Severity = Severity.Alarm } };
        var parcels = Round.Plan(entries, Fresh, 20, Now);
        Assert.Equal(21, parcels.Count);
        Assert.Contains(parcels, parcel => parcel.Notice.Title == "26");
        Assert.Equal((NoticeKind.Digest, "QRLUSDT: and 7 more"), (parcels[20].Notice.Kind, parcels[20].Notice.Title));
        Assert.Equal(Enumerable.Range(19, 7).Select(number => $"id-{number}"), parcels[20].Covers);
        Assert.Contains("🟢 19", parcels[20].Notice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void After_that_message_the_rest_waits_for_the_next_hour()
    {
        var full = Fresh;
        for (var sent = 0; sent < 20; sent++)
            full = full.AfterSending(digest: false);
        Assert.True(Assert.Single(Round.Plan(Entries(2), full.At(Now.AddMinutes(59)), 20, Now.AddMinutes(59))).IsDigest);
        var digested = full.AfterSending(digest: true);
        Assert.Empty(Round.Plan(Entries(2), digested.At(Now.AddMinutes(59)), 20, Now.AddMinutes(59)));
        Assert.Equal(2, Round.Plan(Entries(2), digested.At(Now.AddMinutes(60)), 20, Now.AddMinutes(60)).Count);
    }

    [Fact]
    public void A_channel_that_failed_is_left_alone_for_longer_and_longer()
    {
        var (state, waits) = (Fresh, new List<double>());
        for (var failure = 0; failure < 5; failure++)
        {
            state = state.AfterFailing(Now, null);
            waits.Add((state.NotBefore!.Value - Now).TotalMinutes);
        }
        Assert.Equal([1, 4, 16, 60, 60], waits);
        Assert.Empty(Round.Plan(Entries(1), state, 20, Now.AddMinutes(59)));
        Assert.Single(Round.Plan(Entries(1), state, 20, Now.AddMinutes(60)));
        Assert.Equal((0, null), (state.AfterSending(digest: false).Failures, state.AfterSending(digest: false).NotBefore));
    }

    [Theory]
    [InlineData(30, 60)]
    [InlineData(600, 600)]
    public void A_channel_that_asks_to_be_left_alone_is(int retryAfter, int seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), Fresh.AfterFailing(Now, TimeSpan.FromSeconds(retryAfter)).NotBefore);

    [Fact]
    public void What_is_too_old_or_refused_too_often_is_given_up()
    {
        var entry = Entries(1).Single();
        Assert.False(Round.IsGivenUp(entry, Phone, Now.AddHours(23)));
        Assert.True(Round.IsGivenUp(entry, Phone, Now.AddHours(24)));
        for (var refusal = 0; refusal < Round.MostRefusals; refusal++)
        {
            Assert.False(Round.IsGivenUp(entry, Phone, Now));
            entry = entry.Refused(Phone);
        }
        Assert.True(Round.IsGivenUp(entry, Phone, Now));
    }

    [Fact]
    public void A_channel_gets_what_is_severe_enough_for_it_and_switched_on()
    {
        var kinds = new HashSet<NoticeKind> { NoticeKind.Order };
        var entry = Entries(1).Single();
        Assert.False(Round.Concerns(Phone, entry, kinds));
        entry = entry with { Notice = entry.Notice with { Severity = Severity.Warning } };
        Assert.True(Round.Concerns(Phone, entry, kinds));
        Assert.False(Round.Concerns(Phone, entry, new HashSet<NoticeKind> { NoticeKind.Halt }));
    }

    private static IEnumerable<OutboxEntry> Entries(int count) => Enumerable.Range(0, count).Select(number => new OutboxEntry(new Notice(
        $"id-{number}", NoticeKind.Order, Severity.Info, Now.AddSeconds(number), QrlUsdt.Symbol.Name, null, $"{number}", $"text {number}", new Dictionary<string, string>())));
}
