using Ballast.Tests.Server.Store;

namespace Ballast.Tests.Server.Commands;

/// <summary>The question that a container without a shell asks its own server.</summary>
[Collection(Alone.Name)]
public sealed class HealthCommandTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_server_that_answers_is_healthy(string environment)
    {
        await using var server = await ServerProcess.Start(
            directory, [("ASPNETCORE_ENVIRONMENT", environment), ("Ballast__Auth__TrustSchedulerHeader", "true")]).ReadyAsync();

        Assert.Equal((0, "ok"), await HealthAsync($"{server.Url.Port}"));
    }

    [Fact]
    public async Task A_port_where_nobody_answers_is_not()
    {
        var port = RedisServer.FreePort();

        var (exitCode, said) = await HealthAsync($"{port}");

        Assert.Equal(1, exitCode);
        Assert.Contains($"127.0.0.1:{port}", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("http")]
    public async Task A_port_that_cannot_be_asked_is_a_mistake_in_the_configuration(string port)
    {
        var (exitCode, said) = await HealthAsync(port);

        Assert.Equal(78, exitCode);
        Assert.Contains("PORT", said, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output)> HealthAsync(string port)
    {
        await using var health = ServerProcess.Start(directory, [("PORT", port)], "health");
        return (await health.ExitCodeAsync(), health.Output.Trim());
    }
}
