using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ballast.Tests.Tidy;

namespace Ballast.Tests.Deploy;

/// <summary>What can be said of compose.yaml without Docker: who can reach whom, who may do what, and whether the program would start.</summary>
public partial class ComposeTests
{
    private static readonly JsonObject File = Yaml.One("compose.yaml");

    public static TheoryData<string> Services => [.. File["services"]!.AsObject().Select(service => service.Key)];

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_service_is_locked_in_and_comes_back(string name)
    {
        var service = Service(name);

        Assert.Equal("unless-stopped", (string?)service["restart"]);
        Assert.Equal("true", (string?)service["read_only"]);
        Assert.Equal(["ALL"], Texts(service["cap_drop"]));
        Assert.Equal(["no-new-privileges:true"], Texts(service["security_opt"]));
        Assert.Matches(@"^[1-9]\d*:\d+$", (string?)service["user"]);
        Assert.NotNull(service["healthcheck"]!["test"]);
        Assert.NotNull(service["mem_limit"]);
        Assert.NotNull(service["pids_limit"]);
        Assert.True(service["build"] is not null || Regex.IsMatch((string)service["image"]!, @"^[\w./-]+:v?\d+(\.\d+)+[\w.-]*$"), $"{service["image"]} is not pinned");
    }

    [Fact]
    public void Only_the_dashboards_are_published_and_on_this_machine_alone() => Assert.Equal(
        [("ballast", "127.0.0.1:8080:8080"), ("grafana", "127.0.0.1:3000:3000")],
        from service in File["services"]!.AsObject()
        from port in Texts(service.Value!["ports"])
        select (service.Key, port));

    [Fact]
    public void Nobody_meets_whom_he_need_not_meet()
    {
        var networks = File["networks"]!.AsObject();
        var inside = networks.Where(network => (string?)network.Value!["internal"] == "true").Select(network => network.Key).ToHashSet();
        ILookup<string, string> members = (from service in File["services"]!.AsObject() from network in Texts(service.Value!["networks"]) select (network, service.Key))
            .ToLookup(member => member.network, member => member.Key);

        Assert.Equal(networks.Select(network => network.Key).Order(), members.Select(network => network.Key).Order());
        Assert.Equal(["ballast", "redis"], members["store"].Order());
        Assert.Equal(["ballast", "prometheus"], members["metrics"].Order());
        Assert.All(["redis", "prometheus"], service => Assert.All(Texts(Service(service)["networks"]), network => Assert.Contains(network, inside)));
        Assert.All(networks.Select(network => network.Key).Except(inside), network => Assert.Single(members[network]));
    }

    [Fact]
    public void What_is_mounted_from_this_folder_exists_and_cannot_be_written_to()
    {
        var tree = Tree.OfRepository();
        var volumes = File["volumes"]!.AsObject().Select(volume => volume.Key).ToHashSet();
        foreach (var mount in File["services"]!.AsObject().SelectMany(service => Texts(service.Value!["volumes"])))
        {
            var parts = mount.Split(':');
            if (parts[0].StartsWith("./", StringComparison.Ordinal))
                Assert.True(parts is [_, _, "ro"] && tree.Exists("deploy" + parts[0][1..]), mount);
            else
                Assert.Contains(parts[0], volumes);
        }
    }

    [Fact]
    public void Every_variable_is_explained_in_the_example_and_every_secret_must_be_filled_in()
    {
        var used = Variables().Matches(DeployFolder.Text("compose.yaml")).Select(match => (Name: match.Groups["name"].Value, Must: match.Groups["must"].Success)).ToHashSet();
        var offered = DeployFolder.Text(".env.example").Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=', 2)).ToList();

        Assert.Equal(used.Select(variable => variable.Name).Order(), offered.Select(line => line[0]).Order());
        Assert.All(offered, line => Assert.Empty(line[1]));
        Assert.All(used, variable => Assert.Equal(!variable.Name.StartsWith("MEXC_", StringComparison.Ordinal), variable.Must));
    }

    [Theory]
    [InlineData("")]
    [InlineData("mx0key")]
    public void The_program_starts_with_it_and_lets_nobody_in_without_proof(string key)
    {
        var settings = GivenEnvironment.Accepted(EnvironmentOf("ballast", key));

        Assert.True(settings.IsProduction && settings.Schedule.Enabled && settings.Telemetry.MetricsToken is not null && settings.Operator is not null);
        Assert.False(settings.Auth.TrustSchedulerHeader || settings.Auth.OidcConfigured);
        Assert.Equal((key.Length > 0, "redis", GivenEnvironment.Secret), (settings.Mexc is not null, settings.Store.Redis!.Host, settings.Store.Redis.Password));
    }

    [Fact]
    public void The_store_forgets_nothing_and_asks_for_its_password()
    {
        var command = (string)Service("redis")["command"]![0]!;

        foreach (var option in (string[])["--appendonly yes", "--appendfsync always", "--maxmemory-policy noeviction", "requirepass %s"])
            Assert.Contains(option, command, StringComparison.Ordinal);
        Assert.DoesNotContain("--requirepass", command, StringComparison.Ordinal);
    }

    [Fact]
    public void Prometheus_finds_the_server_and_the_token_where_it_looks_for_them()
    {
        var scrape = Yaml.One("prometheus", "prometheus.yml")["scrape_configs"]![0]!;
        var token = (string)scrape["authorization"]!["credentials_file"]!;

        Assert.Equal($"ballast:{GivenEnvironment.Accepted(EnvironmentOf("ballast", "")).Port}", (string?)scrape["static_configs"]![0]!["targets"]![0]);
        Assert.Contains($"\"$$METRICS_TOKEN\" > {token}\n", (string?)Service("prometheus")["command"]![0], StringComparison.Ordinal);
        Assert.Contains(Texts(Service("prometheus")["tmpfs"]), mount => mount.StartsWith(Path.GetDirectoryName(token) + ":", StringComparison.Ordinal));
    }

    [Fact]
    public void Grafana_finds_Prometheus_and_its_dashboards_where_it_looks_for_them()
    {
        var source = new Uri((string)Yaml.One("grafana", "provisioning", "datasources", "prometheus.yaml")["datasources"]![0]!["url"]!);
        var folder = (string)Yaml.One("grafana", "provisioning", "dashboards", "ballast.yaml")["providers"]![0]!["options"]!["path"]!;

        Assert.NotEmpty(Texts(Service(source.Host)["networks"]).Intersect(Texts(Service("grafana")["networks"])));
        Assert.Contains($"./grafana/dashboards:{folder}:ro", Texts(Service("grafana")["volumes"]));
    }

    private static JsonObject Service(string name) => File["services"]![name]!.AsObject();

    private static IEnumerable<string> Texts(JsonNode? list) => list is null ? [] : list.AsArray().Select(item => (string)item!);

    /// <summary>As Compose would fill it in from a complete .env.</summary>
    private static Dictionary<string, string> EnvironmentOf(string service, string key) => Service(service)["environment"]!.AsObject().ToDictionary(
        variable => variable.Key,
        variable => Variables().Replace((string)variable.Value!, match => match.Groups["must"].Success ? GivenEnvironment.Secret : key));

    [GeneratedRegex(@"(?<!\$)\$\{(?<name>\w+):(?:-|(?<must>\?)[^}]*)\}")]
    private static partial Regex Variables();
}
