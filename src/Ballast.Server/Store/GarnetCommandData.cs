using System.Text.Json.Serialization;
using Garnet.server;

namespace Ballast.Server.Store;

/// <summary>
/// What Garnet reads of its own command list by reflection (for MULTI, scripts and COMMAND). Natively compiled code exists only for types
/// that somebody names: this names them. Garnet asks for no member of it.
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [
        typeof(JsonStringEnumConverter<RespCommand>), typeof(JsonStringEnumConverter<RespCommandFlags>), typeof(JsonStringEnumConverter<RespAclCategories>),
        typeof(JsonStringEnumConverter<StoreType>), typeof(JsonStringEnumConverter<KeySpecificationFlags>)])]
[JsonSerializable(typeof(RespCommandsInfo[]))]
[JsonSerializable(typeof(BeginSearchIndex))]
[JsonSerializable(typeof(BeginSearchKeyword))]
[JsonSerializable(typeof(FindKeysRange))]
[JsonSerializable(typeof(FindKeysKeyNum))]
internal sealed partial class GarnetCommandData : JsonSerializerContext;
