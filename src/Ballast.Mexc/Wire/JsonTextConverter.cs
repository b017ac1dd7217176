using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ballast.Mexc.Wire;

/// <summary>Reads every plain value of a wire record as the text it was sent as; see <see cref="JsonText"/>.</summary>
internal sealed class JsonTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        return JsonText.Of(value.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
