using System.Text.Json.Serialization;
using Ballast.Server.Health;
using Ballast.Server.Store;
using Ballast.Server.Tasks;

namespace Ballast.Server.Http;

/// <summary>All JSON the server writes and reads, compiled ahead: snake_case, absent instead of null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TaskAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(StoredPlan))]
[JsonSerializable(typeof(StoredTrade))]
[JsonSerializable(typeof(StoredRules))]
public sealed partial class BallastJson : JsonSerializerContext;
