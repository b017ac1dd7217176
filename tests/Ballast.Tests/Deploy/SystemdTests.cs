namespace Ballast.Tests.Deploy;

/// <summary>What can be said of the unit without systemd.</summary>
public class SystemdTests
{
    private static readonly ILookup<string, string> Unit = DeployFolder.Text("systemd", "ballast.service").Split('\n')
        .Where(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#')
        .Select(line => line.Split('=', 2))
        .ToLookup(line => line[0], line => line[1]);

    [Fact]
    public void With_what_it_sets_the_program_keeps_its_own_time_and_only_this_machine_can_reach_it()
    {
        var settings = GivenEnvironment.Accepted(Unit["Environment"].Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));

        Assert.True(settings.Schedule.Enabled);
        Assert.False(settings.IsProduction || settings.IsDevelopment || settings.Auth.TrustSchedulerHeader);
    }

    [Fact]
    public void An_outage_starts_it_again_and_a_mistake_in_the_configuration_does_not()
    {
        Assert.Equal(["on-failure"], Unit["Restart"]);
        Assert.Equal(["64 78"], Unit["RestartPreventExitStatus"]);
    }

    [Theory]
    [InlineData("DynamicUser", "yes")]
    [InlineData("ProtectSystem", "strict")]
    [InlineData("ProtectHome", "yes")]
    [InlineData("NoNewPrivileges", "yes")]
    [InlineData("CapabilityBoundingSet", "")]
    [InlineData("NoExecPaths", "/")]
    [InlineData("RestrictNamespaces", "yes")]
    [InlineData("SystemCallArchitectures", "native")]
    [InlineData("StateDirectory", "ballast")]
    [InlineData("StateDirectoryMode", "0700")]
    public void It_is_locked_in(string directive, string value) => Assert.Equal(value, Assert.Single(Unit[directive]));

    [Fact]
    public void Keys_stand_in_a_file_of_their_own() =>
        Assert.DoesNotContain(Unit["Environment"], line => line.StartsWith("MEXC_", StringComparison.Ordinal) || line.StartsWith("REDIS_", StringComparison.Ordinal));
}
