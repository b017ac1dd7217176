using System.Text.Json.Nodes;
using Ballast.Tests.Server;

namespace Ballast.Tests.Deploy;

/// <summary>What can be said of the CronJob without a cluster.</summary>
[Collection(Alone.Name)]
public class KubernetesTests
{
    /// <summary>What the command gives a tick that is told to stop.</summary>
    private const int LongestEndSeconds = 90;

    private static readonly JsonObject Job = Assert.Single(Yaml.All("kubernetes", "cronjob.yaml"), document => (string?)document["kind"] == "CronJob");
    private static readonly JsonNode Pod = Job["spec"]!["jobTemplate"]!["spec"]!["template"]!["spec"]!;
    private static readonly JsonNode Container = Assert.Single(Pod["containers"]!.AsArray())!;

    [Fact]
    public void A_tick_runs_at_the_usual_times_and_never_two_at_once()
    {
        Assert.Equal("*/15 * * * *", (string?)Job["spec"]!["schedule"]);
        Assert.Equal("Etc/UTC", (string?)Job["spec"]!["timeZone"]);
        Assert.Equal("Forbid", (string?)Job["spec"]!["concurrencyPolicy"]);
    }

    [Fact]
    public async Task What_it_starts_is_a_tick()
    {
        var directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;
        await using var tick = ServerProcess.Start(directory, [], [.. Container["args"]!.AsArray().Select(word => (string)word!)]);

        Assert.Equal(0, await tick.ExitCodeAsync());
        Assert.Equal("command", (string?)JsonNode.Parse(tick.StandardOutput)!["auth"]);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void A_tick_may_end_and_a_mistake_in_the_configuration_is_not_repeated()
    {
        Assert.True(int.Parse((string)Pod["terminationGracePeriodSeconds"]!) >= LongestEndSeconds);
        var rule = Assert.Single(Job["spec"]!["jobTemplate"]!["spec"]!["podFailurePolicy"]!["rules"]!.AsArray())!;
        Assert.Equal(["64", "78"], rule["onExitCodes"]!["values"]!.AsArray().Select(code => (string)code!));
        Assert.Equal((string?)Container["name"], (string?)rule["onExitCodes"]!["containerName"]);
        Assert.Equal("Never", (string?)Pod["restartPolicy"]);
    }

    [Fact]
    public void It_may_do_nothing_but_its_work()
    {
        Assert.Equal("false", (string?)Pod["automountServiceAccountToken"]);
        Assert.Equal(("true", "1654"), ((string?)Pod["securityContext"]!["runAsNonRoot"], (string?)Pod["securityContext"]!["runAsUser"]));
        Assert.Equal("RuntimeDefault", (string?)Pod["securityContext"]!["seccompProfile"]!["type"]);
        var limits = Container["securityContext"]!;
        Assert.Equal(("false", "true"), ((string?)limits["allowPrivilegeEscalation"], (string?)limits["readOnlyRootFilesystem"]));
        Assert.Equal("ALL", (string?)limits["capabilities"]!["drop"]![0]);
        Assert.NotNull(Container["resources"]!["limits"]!["memory"]);
    }

    [Fact]
    public void Secrets_come_from_a_Secret_and_none_stands_in_the_file()
    {
        Assert.Equal("ballast", (string?)Assert.Single(Container["envFrom"]!.AsArray())!["secretRef"]!["name"]);
        Assert.Null(Container["env"]);
        Assert.DoesNotContain(Yaml.All("kubernetes", "cronjob.yaml"), document => (string?)document["kind"] == "Secret");
    }
}
