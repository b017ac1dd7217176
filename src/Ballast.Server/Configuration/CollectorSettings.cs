using Ballast.Core;

namespace Ballast.Server.Configuration;

/// <summary>How a collector is spoken to.</summary>
public enum CollectorProtocol
{
    HttpProtobuf,
    Grpc,
}

/// <summary>
/// An OpenTelemetry collector, by OpenTelemetry's own names of settings. Its headers may be secret: <see cref="ToString"/> gives the address.
/// </summary>
/// <param name="Endpoint">Without the signal's path.</param>
/// <param name="Headers">As written, <c>name=value</c> with commas; null for none.</param>
public sealed record CollectorSettings(Uri Endpoint, CollectorProtocol Protocol, string? Headers, bool Metrics, bool Traces)
{
    internal const string EndpointName = "OTEL_EXPORTER_OTLP_ENDPOINT";
    internal const string ProtocolName = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string Example = "http://localhost:4318";

    public override string ToString() => $"collector at {Endpoint}";

    /// <summary>Null when no address is set, or OpenTelemetry is switched off.</summary>
    internal static CollectorSettings? Read(SettingsReader settings)
    {
        var known = settings.TryRead(EndpointName, ParseEndpoint, out var endpoint);
        var protocol = settings.Value(ProtocolName, CollectorProtocol.HttpProtobuf, SettingFormat.OneOf(
            ("http/protobuf", CollectorProtocol.HttpProtobuf), ("grpc", CollectorProtocol.Grpc)));
        var headers = settings.TryRead("OTEL_EXPORTER_OTLP_HEADERS", ParseHeaders, out var written) ? written : null;
        var metrics = settings.Value("OTEL_METRICS_EXPORTER", true, Exporter);
        var traces = settings.Value("OTEL_TRACES_EXPORTER", true, Exporter);
        var disabled = settings.Value("OTEL_SDK_DISABLED", false, SettingFormat.Switch);
        return known && !disabled && (metrics || traces) ? new CollectorSettings(endpoint, protocol, headers, metrics, traces) : null;
    }

    private static readonly Func<string, Result<bool>> Exporter = SettingFormat.OneOf(("otlp", true), ("none", false));

    /// <summary>Plain http to another machine is usual here: collectors stand beside the program. An address that may carry a secret is not shown.</summary>
    private static Result<Uri> ParseEndpoint(string text)
    {
        var shown = text.AsSpan().ContainsAny('@', '?') ? "the address" : $"'{text}'";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address is not { Scheme: "http" or "https", Host.Length: > 0 })
            return Failure.BadData($"{shown} is not a web address; write one such as {Example}, or for gRPC http://localhost:4317");
        if (address.UserInfo.Length > 0 || text.AsSpan().ContainsAny('?', '#'))
            return Failure.BadData($"{shown} has a user, a query or a fragment; write only what stands before, such as {Example}, and secrets into OTEL_EXPORTER_OTLP_HEADERS");
        return address.AbsolutePath.TrimEnd('/') is var path && (path.EndsWith("/v1/metrics", StringComparison.Ordinal) || path.EndsWith("/v1/traces", StringComparison.Ordinal))
            ? Failure.BadData($"'{text}' ends in a signal's own path, which is added by itself; write what stands before, such as {Example}")
            : address;
    }

    private static Result<string> ParseHeaders(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries).All(header => header.IndexOf('=', StringComparison.Ordinal) > 0) ? text
        : Failure.BadData("is not a list of headers; write name=value, several with commas in between");
}
