using System.Text.Json.Nodes;
using Ballast.Tests.Mexc;

namespace Ballast.Tests.Server.Commands;

/// <summary><c>ballast notify test</c>, as it is typed.</summary>
[Collection(Alone.Name)]
[Trait(FromOutside.Name, FromOutside.Value)]
public sealed class NotifyCommandTests : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;
    private StubExchange owner = null!;

    private (string Name, string Value)[] Channels =>
    [
        ("Ballast__Notify__Discord__Url", $"{owner.BaseUrl}discord-secret"), ("Ballast__Notify__Ntfy__Url", $"{owner.BaseUrl}topic"),
    ];

    public async ValueTask InitializeAsync() => owner = (await StubExchange.StartAsync()).On("POST /discord-secret", StubReply.Empty(204)).On("POST /", StubReply.Json("""{"id":"1"}"""));

    public async ValueTask DisposeAsync()
    {
        await owner.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task One_message_goes_to_every_channel_and_each_answer_is_shown()
    {
        var (exitCode, output, _) = await RunAsync("notify test", Channels);
        Assert.Equal((0, "discord                  ok       HTTP 204\nntfy                     ok       HTTP 200"), (exitCode, output.ReplaceLineEndings("\n").Trim()));
        Assert.Contains("QRLUSDT: a test", Assert.Single(owner.RequestsTo("POST /")).Body, StringComparison.Ordinal);
        Assert.Single(owner.RequestsTo("POST /discord-secret"));
    }

    [Fact]
    public async Task One_that_does_not_take_it_is_a_no_without_its_secret()
    {
        owner.On("POST /discord-secret", StubReply.Json("""{"message":"Unknown Webhook: discord-secret"}""", 404));
        var (exitCode, output, errors) = await RunAsync("notify test --json", Channels);
        var channels = JsonNode.Parse(output)!["channels"]!.AsArray();
        Assert.Equal(1, exitCode);
        Assert.Equal(("discord", false, "HTTP 404: Unknown Webhook: ***"), ((string?)channels[0]!["channel"], (bool)channels[0]!["sent"]!, (string?)channels[0]!["answer"]));
        Assert.True((bool)channels[1]!["sent"]!);
        Assert.DoesNotContain("discord-secret", output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_channel_that_is_named_gets_it()
    {
        Assert.Equal(0, (await RunAsync("notify test --channel ntfy", Channels)).ExitCode);
        Assert.Empty(owner.RequestsTo("POST /discord-secret"));
        var (exitCode, _, errors) = await RunAsync("notify test --channel pigeon", Channels);
        Assert.Equal(64, exitCode);
        Assert.Contains("no channel is called 'pigeon'; there are discord, ntfy", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_channel_it_says_what_to_set()
    {
        var (exitCode, _, errors) = await RunAsync("notify test", []);
        Assert.Equal(78, exitCode);
        Assert.Contains("no channel is configured; set one, such as Ballast__Notify__Ntfy__Url=", errors, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(string words, (string Name, string Value)[] settings)
    {
        await using var command = ServerProcess.Start(directory, settings, words.Split(' '));
        return (await command.ExitCodeAsync(), command.StandardOutput, command.StandardError);
    }
}
