namespace Ballast.Server.Health;

/// <summary><c>ok</c> when every part is <c>ok</c>, else <c>unavailable</c>.</summary>
public sealed record HealthAnswer(string Status, PartHealth Store, PartHealth Exchange);

/// <summary>One thing the server depends on.</summary>
/// <param name="State"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="LatencyMs">How long it took to answer, or to fail.</param>
/// <param name="Error">What is wrong; absent when nothing is.</param>
public sealed record PartHealth(string Name, string State, long LatencyMs, string? Error);
