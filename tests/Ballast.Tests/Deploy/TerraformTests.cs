using System.Text.RegularExpressions;

namespace Ballast.Tests.Deploy;

/// <summary>The same deployment stands twice, as a script and as Terraform; what they ask for must not drift apart.</summary>
public class TerraformTests
{
    private static readonly string Main = DeployFolder.Text("cloud-run", "terraform", "main.tf");
    private static readonly string Script = DeployFolder.Text("cloud-run", "deploy.sh");

    [Theory]
    [InlineData("--min-instances=0", "min_instance_count = 0")]
    [InlineData("--max-instances=1", "max_instance_count = 1")]
    [InlineData("--concurrency=8", "max_instance_request_concurrency = 8")]
    [InlineData("--cpu=1", "cpu = \"1\"")]
    [InlineData("--memory=256Mi", "memory = \"256Mi\"")]
    [InlineData("--cpu-throttling", "cpu_idle = true")]
    [InlineData("--cpu-boost", "startup_cpu_boost = true")]
    [InlineData("--execution-environment=gen1", "execution_environment = \"EXECUTION_ENVIRONMENT_GEN1\"")]
    [InlineData("--timeout=60", "timeout = \"60s\"")]
    [InlineData("--port=8080", "container_port = 8080")]
    [InlineData("--member=allUsers", "member = \"allUsers\"")]
    [InlineData("--role=roles/run.invoker", "role = \"roles/run.invoker\"")]
    [InlineData("--role=roles/secretmanager.secretAccessor", "role = \"roles/secretmanager.secretAccessor\"")]
    [InlineData("--replication-policy=automatic", "auto {}")]
    [InlineData("--http-method=POST", "http_method = \"POST\"")]
    [InlineData("--attempt-deadline=90s", "attempt_deadline = \"90s\"")]
    [InlineData("--max-retry-attempts=3", "retry_count = 3")]
    [InlineData("--min-backoff=15s", "min_backoff_duration = \"15s\"")]
    [InlineData("--max-backoff=60s", "max_backoff_duration = \"60s\"")]
    [InlineData("--max-doublings=2", "max_doublings = 2")]
    [InlineData("--oidc-token-audience=\"$target\"", "audience = local.target")]
    [InlineData("target=$url/tasks/runtime", "target = \"${local.url}/tasks/runtime\"")]
    [InlineData("Ballast__Auth__Audience=$target", "Ballast__Auth__Audience = local.target")]
    [InlineData("Ballast__Auth__ServiceAccounts=$(account scheduler)", "Ballast__Auth__ServiceAccounts = google_service_account.scheduler.email")]
    [InlineData("keep_secret redis-url REDIS_URL", "redis-url = \"REDIS_URL\"")]
    [InlineData("keep_secret mexc-api-key MEXC_API_KEY", "mexc-api-key = \"MEXC_API_KEY\"")]
    [InlineData("keep_secret mexc-secret-key MEXC_SECRET_KEY", "mexc-secret-key = \"MEXC_SECRET_KEY\"")]
    [InlineData("operator-token=Ballast__Operator__ApiToken", "operator-token = \"Ballast__Operator__ApiToken\"")]
    [InlineData("otlp-headers=OTEL_EXPORTER_OTLP_HEADERS", "otlp-headers = \"OTEL_EXPORTER_OTLP_HEADERS\"")]
    public void Both_ask_for_the_same(string script, string terraform)
    {
        Assert.Contains(script, Script, StringComparison.Ordinal);
        Assert.Contains(terraform, Regex.Replace(Main, " +", " "), StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_gets_into_a_state_file()
    {
        foreach (var file in Directory.EnumerateFiles(DeployFolder.At("cloud-run", "terraform"), "*.tf"))
            Assert.DoesNotMatch("google_secret_manager_secret_version|secret_data", File.ReadAllText(file));
    }

    [Fact]
    public void The_provider_is_pinned() => Assert.Matches(@"version = ""~> \d+\.\d+""", DeployFolder.Text("cloud-run", "terraform", "versions.tf"));

    [Fact]
    public void Every_variable_is_described_and_every_one_that_can_be_wrong_is_checked()
    {
        var variables = Regex.Matches(DeployFolder.Text("cloud-run", "terraform", "variables.tf"), @"^variable ""\w+"" \{\n(?<body>.*?)^\}", RegexOptions.Multiline | RegexOptions.Singleline);

        Assert.NotEmpty(variables);
        Assert.All(variables, variable =>
        {
            Assert.Contains("description = ", variable.Groups["body"].Value, StringComparison.Ordinal);
            Assert.Contains("validation {", variable.Groups["body"].Value, StringComparison.Ordinal);
        });
    }
}
