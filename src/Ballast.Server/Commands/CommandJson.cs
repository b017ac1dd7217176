using System.Text.Json.Serialization;

namespace Ballast.Server.Commands;

/// <summary>The JSON of answers that only commands give, compiled ahead.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CommandRefusal))]
[JsonSerializable(typeof(ExplainedTick))]
[JsonSerializable(typeof(ReplayAnswer))]
[JsonSerializable(typeof(VersionAnswer))]
[JsonSerializable(typeof(ExportedFile))]
[JsonSerializable(typeof(StartedServer))]
[JsonSerializable(typeof(StartedExchange))]
[JsonSerializable(typeof(AliveAnswer))]
[JsonSerializable(typeof(CompletionScript))]
internal sealed partial class CommandJson : JsonSerializerContext;
