using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ballast.Tests.Deploy;

/// <summary>YAML as JSON, merges carried out. Every scalar is a text, as written; one that is empty is null.</summary>
internal static class Yaml
{
    public static JsonObject One(params string[] names) => Assert.Single(All(names));

    public static JsonObject[] All(params string[] names)
    {
        var stream = new YamlStream();
        using var text = new StringReader(DeployFolder.Text(names));
        stream.Load(new MergingParser(new Parser(text)));
        return [.. stream.Documents.Select(document => Json(document.RootNode)!.AsObject())];
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Json(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Value: "" or null, Style: ScalarStyle.Plain } => null,
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidOperationException($"no such node: {node}"),
    };
}
