using System.Text.Json.Serialization;

namespace Ballast.Server.Explain;

/// <summary>The JSON of explanations, compiled ahead.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(RedecisionSummary))]
public sealed partial class ExplainJson : JsonSerializerContext;
