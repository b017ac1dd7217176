using Ballast.Server.Configuration;

namespace Ballast.Tests.Server.Configuration;

public class TelemetrySettingsTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string NeverShown = "NeverShown-NeverShown-NeverShown";

    [Fact]
    public void Nothing_is_pushed_and_nothing_served_unless_it_is_asked_for()
    {
        var settings = Configured.Settings("Production", Configured.Callers).Telemetry;
        Assert.False(settings.ServesMetrics);
        Assert.Null(settings.MetricsToken);
        Assert.Null(settings.Collector);
        Assert.Null(settings.CloudProject);
        Assert.True(Configured.Settings("Development").Telemetry.ServesMetrics);
    }

    [Fact]
    public void A_collector_is_spoken_to_with_protobuf_over_http_unless_gRPC_is_asked_for()
    {
        Assert.Equal(
            new CollectorSettings(new Uri("http://collector:4318"), CollectorProtocol.HttpProtobuf, null, Metrics: true, Traces: true),
            Configured.Settings("Development", (Endpoint, "http://collector:4318")).Telemetry.Collector);
        Assert.Equal(CollectorProtocol.Grpc, Configured.Settings("Development", (Endpoint, "https://collector:4317"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")).Telemetry.Collector?.Protocol);
        Assert.Null(Configured.Settings("Development", (Endpoint, "http://collector:4318"), ("OTEL_SDK_DISABLED", "true")).Telemetry.Collector);
        Assert.Null(Configured.Settings("Development", (Endpoint, "http://collector:4318"), ("OTEL_METRICS_EXPORTER", "none"), ("OTEL_TRACES_EXPORTER", "none")).Telemetry.Collector);
    }

    [Theory]
    [InlineData(Endpoint, "collector:4318", "is not a web address; write one such as http://localhost:4318")]
    [InlineData(Endpoint, "/dev/null", "is not a web address")]
    [InlineData(Endpoint, "http://collector:4318/v1/metrics", "ends in a signal's own path")]
    [InlineData(Endpoint, "http://" + NeverShown + "@collector", "secrets into OTEL_EXPORTER_OTLP_HEADERS")]
    [InlineData(Endpoint, "http://collector?key=" + NeverShown, "a query")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "'http/json' is not a choice; write http/protobuf or grpc")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", NeverShown, "write name=value")]
    [InlineData("OTEL_TRACES_EXPORTER", "zipkin", "'zipkin' is not a choice; write otlp or none")]
    [InlineData("OTEL_SDK_DISABLED", "1", "neither true nor false")]
    [InlineData("Ballast:Metrics:Token", "short", "is shorter than 24 characters; write a random one, such as the output of: openssl rand -hex 24")]
    [InlineData("Ballast:Metrics:Token", NeverShown + " and more", "has a space")]
    public void A_bad_value_is_refused_with_its_name_and_the_fix_and_without_a_secret(string name, string value, string expected)
    {
        var error = Assert.Single(Configured.Errors("Development", (name, value)));
        Assert.StartsWith(name, error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("NeverShown", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_turn_into_text_without_token_and_headers()
    {
        var settings = Configured.Settings("Development", (Endpoint, "http://collector:4318"), ("OTEL_EXPORTER_OTLP_HEADERS", $"authorization={NeverShown}"), ("Ballast:Metrics:Token", NeverShown));
        Assert.All([$"{settings}", $"{settings.Telemetry}", $"{settings.Telemetry.Collector}"], text => Assert.DoesNotContain("NeverShown", text, StringComparison.Ordinal));
        Assert.True(settings.Telemetry.MetricsToken!.Matches(NeverShown));
    }
}
