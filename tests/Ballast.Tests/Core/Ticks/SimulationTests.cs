using Ballast.Simulation;

namespace Ballast.Tests.Core.Ticks;

/// <summary>The product's tick on a virtual clock among lost answers, crashes, zombies and an owner who does as he likes; see docs/simulation.md.</summary>
public class SimulationTests
{
    private const int Seeds = 1500;

    /// <summary>Every mutation was caught far below this; see the table in docs/simulation.md.</summary>
    private const int SeedsForMutation = 300;

    public static TheoryData<string> QuicklyCaught =>
    [
        .. Mutations.All.Select(mutation => mutation.Name).Except(["epoch-ignored", "never-cancels", "no-receive-window", "halt-not-checked-again"]),
    ];

    [Fact]
    public void Whatever_goes_wrong_no_order_is_doubled_no_halt_is_passed_and_no_unit_is_lost()
    {
        var broken = new Campaign().Search(1, Seeds);
        Assert.True(broken is null, $"seed {broken?.Seed}: {broken?.Breach?.Rule}: {broken?.Breach?.Detail}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(46)]
    public void A_seed_tells_the_same_story_every_time(ulong seed)
    {
        var (once, again) = (Campaign.Tell(seed), Campaign.Tell(seed));
        Assert.True(once.Lines.Count > 500);
        Assert.Equal(once.Lines, again.Lines);
        Assert.Equal(once.Digest, again.Digest);
        Assert.NotEqual(once.Digest, Campaign.Tell(seed + 1).Digest);
    }

    [Theory]
    [MemberData(nameof(QuicklyCaught))]
    public void A_mistake_in_the_engine_is_noticed(string mutation) =>
        Assert.NotNull(new Campaign().Search(1, SeedsForMutation, Mutations.Named(mutation)));

    [Fact]
    public void Every_kind_of_fault_happens()
    {
        var campaign = new Campaign();
        campaign.Search(1, 150);
        Assert.All(Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.None), kind => Assert.True(campaign.Faults[(int)kind] > 0, $"{kind} never happened"));
    }
}
