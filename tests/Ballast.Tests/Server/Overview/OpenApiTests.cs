using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ballast.Tests.Server.Overview;

/// <summary>
/// The description of the interface, which the dashboard's types are made from. <c>src/dashboard/openapi.json</c> is a copy of what the server on paper
/// says of itself; <c>BALLAST_WRITE_OPENAPI=1 dotnet test -- --filter-class Ballast.Tests.Server.Overview.OpenApiTests</c> writes it anew.
/// </summary>
public class OpenApiTests
{
    private const string Write = "BALLAST_WRITE_OPENAPI";

    [Fact]
    public async Task The_dashboard_has_the_servers_own_description()
    {
        var described = (await DocumentAsync()).ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";
        var path = Path.Combine(Root(), "src", "dashboard", "openapi.json");
        if (Environment.GetEnvironmentVariable(Write) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, described, TestContext.Current.CancellationToken);
        }
        Assert.True(
            File.Exists(path) && await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) == described,
            $"src/dashboard/openapi.json is not what the server says of itself; write it anew with {Write}=1 dotnet test -- --filter-class {typeof(OpenApiTests).FullName}");
    }

    [Fact]
    public async Task Every_answer_of_the_API_is_described()
    {
        var document = await DocumentAsync();
        var operations = document["paths"]!.AsObject()
            .Where(path => path.Key.StartsWith("/api/v1/", StringComparison.Ordinal))
            .SelectMany(path => path.Value!.AsObject().Select(operation => (Name: $"{operation.Key} {path.Key}", Operation: operation.Value!)))
            .ToList();
        Assert.True(operations.Count > 25, $"only {operations.Count}");
        Assert.All(operations, operation => Assert.True(IsDescribed(operation.Operation), $"{operation.Name} has no schema for its answer"));
    }

    private static bool IsDescribed(JsonNode operation) => operation["responses"]!.AsObject().Any(response => response.Key.StartsWith('2')
        && (response.Key == "204" || response.Value!["content"] is JsonObject content && content.Any(media => media.Value!["schema"] is JsonObject { Count: > 0 })));

    private static async Task<JsonNode> DocumentAsync()
    {
        await using var server = await ServerUnderTest.StartAsync([
            ("MEXC_API_KEY", null), ("MEXC_SECRET_KEY", null), ("MEXC_BASE_URL", null), ("Ballast:Paper:Port", "0"),
        ], clock: TimeProvider.System);
        var document = JsonNode.Parse(await server.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!;
        // Where it listens is another port at every start.
        document.AsObject().Remove("servers");
        return document;
    }

    private static string Root()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Ballast.slnx")))
            root = root.Parent!;
        return root.FullName;
    }
}
