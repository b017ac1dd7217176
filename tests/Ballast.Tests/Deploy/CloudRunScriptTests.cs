using System.Text.RegularExpressions;
using Ballast.Tests.Server;

namespace Ballast.Tests.Deploy;

/// <summary>deploy.sh on a cloud that remembers: what it makes, that it makes it once, what it refuses, and that it never shows a secret.</summary>
public class CloudRunScriptTests
{
    private const string RedisUrl = "rediss://:hush-redis@redis.example:6379";
    private const string ApiKey = "mx0hush-key";
    private const string SecretKey = "hush-secret";

    private static readonly (string, string)[] Project = [("PROJECT", "my-project"), ("TAG", "1")];
    private static readonly (string, string)[] Secrets = [("REDIS_URL", RedisUrl), ("MEXC_API_KEY", ApiKey), ("MEXC_SECRET_KEY", SecretKey)];

    private static readonly string[] Everything =
    [
        "account ballast-builder", "account ballast-run", "account ballast-scheduler", "image 1", "job ballast", "repository ballast",
        "secret ballast-mexc-api-key", "secret ballast-mexc-secret-key", "secret ballast-redis-url", "service ballast",
        "version ballast-mexc-api-key", "version ballast-mexc-secret-key", "version ballast-redis-url",
    ];

    [Fact]
    public async Task It_makes_everything_once()
    {
        using var cloud = new FakeCloud();

        var first = await cloud.DeployAsync("", [.. Project, .. Secrets]);
        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Equal(Everything, cloud.Made.Order(StringComparer.Ordinal));
        Assert.Equal((RedisUrl, ApiKey, SecretKey), (cloud.Secret("ballast-redis-url"), cloud.Secret("ballast-mexc-api-key"), cloud.Secret("ballast-mexc-secret-key")));

        var second = await cloud.DeployAsync("", [.. Project, .. Secrets]);
        Assert.True(second.ExitCode == 0, second.Errors);
        Assert.Equal(Everything, cloud.Made.Order(StringComparer.Ordinal));
        Assert.Contains(cloud.Calls, call => call.StartsWith("scheduler jobs update http ballast ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--dry-run")]
    public async Task No_secret_is_part_of_a_command_or_of_what_is_printed(string words)
    {
        using var cloud = new FakeCloud();

        var (_, output, errors) = await cloud.DeployAsync(
            words, [.. Project, .. Secrets, ("INGRESS", "all"), ("Ballast__Operator__ApiToken", "hush-operator-0123456789"), ("OTEL_EXPORTER_OTLP_HEADERS", "hush=otlp")]);

        Assert.DoesNotContain("hush", string.Join('\n', cloud.Calls) + output + errors, StringComparison.Ordinal);
        Assert.Contains("ballast-operator-token", output + string.Join('\n', cloud.Calls), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_needs_no_gcloud_and_what_it_prints_can_be_pasted()
    {
        using var empty = new FakeCloud(withGcloud: false);
        var (exitCode, lines, errors) = await empty.DeployAsync("--dry-run", Project);
        Assert.True(exitCode == 0, errors);
        Assert.Empty(empty.Calls);

        using var cloud = new FakeCloud();
        // The last two lines are for afterwards: they run a tick and show what came of it.
        var made = await cloud.PasteAsync(lines[..lines.IndexOf("# A first tick", StringComparison.Ordinal)], Secrets);
        Assert.True(made.ExitCode == 0, made.Errors);

        using var other = new FakeCloud();
        await other.DeployAsync("", [.. Project, .. Secrets]);
        Assert.Equal(Everything, cloud.Made.Order(StringComparer.Ordinal));
        Assert.Equal(Of("run deploy", other), Of("run deploy", cloud));
        Assert.Equal(Of("scheduler jobs create", other), Of("scheduler jobs create", cloud));
    }

    [Fact]
    public async Task The_program_starts_with_what_the_service_is_given_and_the_schedulers_token_is_for_it()
    {
        using var cloud = new FakeCloud();
        await cloud.DeployAsync("", [.. Project, .. Secrets, ("Ballast__Policy__TargetRatio", "60%"), ("Ballast__Safety__MaxSpread", "0.5%")]);

        var deploy = Of("run deploy", cloud);
        var given = Regex.Match(deploy, @"--set-env-vars=\^\|\^(\S+)").Groups[1].Value.Split('|')
            .Concat(Regex.Match(deploy, @"--set-secrets=(\S+)").Groups[1].Value.Split(',').Select(secret => secret.Split('=')[0] + "=" + RedisUrl))
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var settings = GivenEnvironment.Accepted(given);
        var job = Of("scheduler jobs create", cloud);

        Assert.True(settings.IsProduction && settings.Mexc is not null && settings.Store.Redis is not null);
        Assert.Equal(0.6m, settings.Policy.TargetRatio.Value);
        var target = Assert.Single(settings.Auth.Audiences);
        Assert.Contains($"--uri={target} ", job, StringComparison.Ordinal);
        Assert.Contains($"--oidc-token-audience={target} ", job, StringComparison.Ordinal);
        Assert.Contains($"--oidc-service-account-email={Assert.Single(settings.Auth.ServiceAccounts)} ", job, StringComparison.Ordinal);
        await using var server = await ServerUnderTest.StartAsync();
        await server.AnswerAsync(new Uri(target).AbsolutePath);
    }

    [Fact]
    public async Task All_mistakes_are_told_at_once_and_nothing_is_done()
    {
        using var cloud = new FakeCloud();

        var (exitCode, _, errors) = await cloud.DeployAsync("--dryrun --rotate-secret keys", [
            ("REGION", "moon"), ("SERVICE", "Ballast"), ("SCHEDULE", "hourly"), ("INGRESS", "open"), ("IMAGE", "ballast"),
            ("Ballast__Auth__Audience", "x"), ("Ballast__Metrics__Token", "x"), ("Ballast__Symbol", "a|b"),
        ]);

        Assert.Equal(78, exitCode);
        foreach (var named in (string[])["--dryrun", "'keys'", "PROJECT", "REGION", "SERVICE", "SCHEDULE", "INGRESS", "IMAGE", "Ballast__Auth__Audience", "Ballast__Metrics__Token", "Ballast__Symbol"])
            Assert.Contains(named, errors, StringComparison.Ordinal);
        Assert.Empty(cloud.Calls);
    }

    [Fact]
    public async Task Without_gcloud_it_says_where_to_get_it()
    {
        using var cloud = new FakeCloud(withGcloud: false);

        var (exitCode, _, errors) = await cloud.DeployAsync("", Project);

        Assert.Equal(78, exitCode);
        Assert.Contains("gcloud is not installed", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_it_names_all_secrets_that_it_lacks_and_goes_on_when_it_has_them()
    {
        using var cloud = new FakeCloud();

        var (exitCode, _, errors) = await cloud.DeployAsync("", [.. Project, ("MEXC_API_KEY", $"  {ApiKey}\n")]);
        Assert.Equal(78, exitCode);
        Assert.Contains(": REDIS_URL MEXC_SECRET_KEY", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("service ballast", cloud.Made);

        var again = await cloud.DeployAsync("", [.. Project, ("REDIS_URL", RedisUrl), ("MEXC_SECRET_KEY", SecretKey)]);
        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.Equal(Everything, cloud.Made.Order(StringComparer.Ordinal));
        Assert.Equal(ApiKey, cloud.Secret("ballast-mexc-api-key"));
    }

    [Fact]
    public async Task A_secret_is_asked_for_again_only_when_that_is_wanted()
    {
        using var cloud = new FakeCloud();
        await cloud.DeployAsync("", [.. Project, .. Secrets]);

        await cloud.DeployAsync("", [.. Project, .. Secrets, ("REDIS_URL", "rediss://:other@redis.example:6379")]);
        Assert.Equal(RedisUrl, cloud.Secret("ballast-redis-url"));

        await cloud.DeployAsync("--rotate-secret redis-url", [.. Project, .. Secrets, ("REDIS_URL", "rediss://:other@redis.example:6379")]);
        Assert.Equal("rediss://:other@redis.example:6379", cloud.Secret("ballast-redis-url"));
        Assert.Equal(2, cloud.Made.Count(made => made == "version ballast-redis-url"));
        Assert.Single(cloud.Made, made => made == "version ballast-mexc-api-key");
    }

    [Fact]
    public async Task Where_nothing_may_be_open_it_says_what_to_do_instead()
    {
        using var cloud = new FakeCloud();
        cloud.ForbidStrangers();

        var (exitCode, _, errors) = await cloud.DeployAsync("", [.. Project, .. Secrets]);

        Assert.Equal(1, exitCode);
        Assert.Contains("--no-invoker-iam-check", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finished_image_is_not_built_again()
    {
        using var cloud = new FakeCloud();

        var (exitCode, _, errors) = await cloud.DeployAsync("", [.. Project, .. Secrets, ("IMAGE", "registry.example/ballast:2")]);

        Assert.True(exitCode == 0, errors);
        Assert.DoesNotContain(cloud.Made, made => made is "image 1" or "repository ballast" or "account ballast-builder");
        Assert.Contains("--image=registry.example/ballast:2 ", Of("run deploy", cloud), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_explains_itself()
    {
        using var cloud = new FakeCloud(withGcloud: false);

        var (exitCode, output, _) = await cloud.DeployAsync("--help");

        Assert.Equal(0, exitCode);
        foreach (var word in (string[])["PROJECT", "REGION", "SERVICE", "SCHEDULE", "INGRESS", "IMAGE", "TAG", "REDIS_URL", "MEXC_API_KEY", "--dry-run", "--rotate-secret"])
            Assert.Contains(word, output, StringComparison.Ordinal);
    }

    private static string Of(string command, FakeCloud cloud) => Assert.Single(cloud.Calls, call => call.StartsWith(command + " ", StringComparison.Ordinal));
}
