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
    [InlineData(4)]
    public void Wherever_an_instance_goes_down_the_next_one_settles_what_it_left(ulong seed)
    {
        var campaign = new Campaign();
        var broken = campaign.CrashEverywhere(seed);
        Assert.True(broken is null, $"seed {seed}, {broken?.Crash}: {broken?.Breach?.Rule}: {broken?.Breach?.Detail}");
        Assert.True(campaign.Seeds > 300, $"only {campaign.Seeds} places to crash at");
    }

    [Fact]
    public void The_smallest_seed_that_breaks_a_rule_is_found_however_many_run_side_by_side()
    {
        var mutation = Mutations.Named("finish-forgotten");
        var (alone, beside) = (new Campaign(), new Campaign());
        Assert.Equal(alone.Search(1, 100, mutation)!.Seed, beside.Search(1, 100, mutation, parallel: 4)!.Seed);
        Assert.Equal((alone.Seeds, alone.Ticks, alone.Orders), (beside.Seeds, beside.Ticks, beside.Orders));
        Assert.Equal(alone.Faults, beside.Faults);
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
