using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Ballast.Tests.Server.SignIn;
using Ballast.Tests.Tidy;

namespace Ballast.Tests.Server.Commands;

/// <summary>Who may sign in, decided at the machine.</summary>
[Collection(Alone.Name)]
[Trait(FromOutside.Name, FromOutside.Value)]
public sealed class OperatorCommandTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task A_password_is_set_beside_a_running_server_and_every_change_signs_everybody_out()
    {
        await using var server = await ServerProcess.Start(directory).ReadyAsync();
        (string, string)[] beside = [("Ballast__Store__Port", $"{server.StorePort}")];

        Assert.Equal((0, "The operator's password is set.\n0 sessions were ended."), await RunAsync(ReadmeCommands.APassword, Passwords.Operator, beside));
        Assert.Equal(0, (await RunAsync("operator set-password --reader", Passwords.Reader, beside)).ExitCode);
        var (owner, reader) = (new Browser(server.Url), new Browser(server.Url));
        Assert.Equal("operator", (string?)(await owner.SignInAsync(Passwords.Operator)).Json!["role"]);
        Assert.Equal("reader", (string?)(await reader.SignInAsync(Passwords.Reader)).Json!["role"]);

        Assert.Equal(
            """{"done":"password_set","role":"operator","signed_out":2}""",
            (await RunAsync("operator set-password --json", "another one of mine", beside)).Output);
        Assert.Equal(HttpStatusCode.Unauthorized, (await owner.GetAsync("/api/v1/trading")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await reader.GetAsync("/api/v1/trading")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await owner.SignInAsync(Passwords.Operator)).Status);
        Assert.Equal(HttpStatusCode.OK, (await owner.SignInAsync("another one of mine")).Status);

        Assert.Equal("""{"done":"signed_out","signed_out":1}""", (await RunAsync("operator sign-out-all --json", null, beside)).Output);
        Assert.Equal(HttpStatusCode.Unauthorized, (await owner.GetAsync("/api/v1/trading")).Status);
        Assert.Equal(0, (await RunAsync("operator remove-password", null, beside)).ExitCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await owner.SignInAsync("another one of mine")).Status);

        var journal = (await RunAsync("export journal --format json", null, beside)).Output;
        Assert.DoesNotContain("another one", journal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_made_beside_a_running_server()
    {
        await using var server = await ServerProcess.Start(directory).ReadyAsync();
        var (exitCode, output) = await RunAsync("operator link --json", null, ("Ballast__Store__Port", $"{server.StorePort}"), ("PORT", $"{server.Url.Port}"));
        Assert.True(exitCode == 0, output);
        var link = new Uri((string)JsonNode.Parse(output)!["link"]!);
        Assert.Equal(server.Url.Port, link.Port);
        Assert.Equal("/", (await new Browser(server.Url).GetAsync(link.PathAndQuery)).Header("Location"));
        Assert.Equal("/?link=used", (await new Browser(server.Url).GetAsync(link.PathAndQuery)).Header("Location"));
    }

    [Theory]
    [InlineData("operator set-password", "too short", 1, "12 characters")]
    [InlineData("operator set-password", "", 1, "12 characters")]
    [InlineData("operator hash-password", "too short", 1, "12 characters")]
    [InlineData("operator forget", "", 64, "forget")]
    public async Task What_cannot_be_done_is_said(string words, string input, int exitCode, string says)
    {
        var (code, output) = await RunAsync(words, input);
        Assert.Equal(exitCode, code);
        Assert.Contains(says, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operator_and_reader_have_different_passwords()
    {
        Assert.Equal(0, (await RunAsync("operator set-password", Passwords.Operator)).ExitCode);
        var (code, output) = await RunAsync("operator set-password --reader", Passwords.Operator);
        Assert.Equal(1, code);
        Assert.Contains("different", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hash_for_the_configuration_is_printed_and_counts_in_place_of_the_store()
    {
        var (code, hash) = await RunAsync("operator hash-password", Passwords.Operator);
        Assert.Equal(0, code);
        Assert.StartsWith("pbkdf2-sha256.600000.", hash, StringComparison.Ordinal);
        Assert.DoesNotContain(Passwords.Operator, hash, StringComparison.Ordinal);

        await using var server = await ServerProcess.Start(directory, [("Ballast__Operator__PasswordHash", hash)]).ReadyAsync();
        (string, string)[] beside = [("Ballast__Store__Port", $"{server.StorePort}"), ("Ballast__Operator__PasswordHash", hash)];
        Assert.Contains("does not count", (await RunAsync("operator set-password", "another one of mine", beside)).Output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await new Browser(server.Url).SignInAsync("another one of mine")).Status);
        Assert.Equal(HttpStatusCode.OK, (await new Browser(server.Url).SignInAsync(Passwords.Operator)).Status);
        Assert.DoesNotContain(hash, server.Output, StringComparison.Ordinal);
    }

    /// <param name="input">A line from a pipe; null closes it.</param>
    private async Task<(int ExitCode, string Output)> RunAsync(string words, string? input = null, params (string Name, string Value)[] settings)
    {
        string[] program = ServerProcess.Executable is { } executable ? [executable] : ["dotnet", Path.Combine(AppContext.BaseDirectory, "Ballast.Server.dll")];
        var start = new ProcessStartInfo(program[0], [.. program[1..], .. words.Split(' ')])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var command = Process.Start(start)!;
        if (input is not null)
            await command.StandardInput.WriteLineAsync(input);
        command.StandardInput.Close();
        var cancel = TestContext.Current.CancellationToken;
        var (output, said) = (command.StandardOutput.ReadToEndAsync(cancel), command.StandardError.ReadToEndAsync(cancel));
        await command.WaitForExitAsync(cancel);
        return (command.ExitCode, (await output + await said).Trim());
    }
}
