using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Ballast.Server.Notices;
using Ballast.Tests.Server.Store;
using Ballast.Tests.Tidy;

namespace Ballast.Tests.Server.Notices;

/// <summary>The lines of docs/notifications.md that check a signature, run on one that Ballast has made.</summary>
public sealed partial class SignaturePageTests
{
    private const string SigningSecret = "a-secret-of-at-least-24-letters";

    private static readonly Notice Hello = new(
        "00112233445566ff", NoticeKind.Halt, Severity.Alarm, Sample.Noon, "QRLUSDT", null, "QRLUSDT: trading is halted", "é \"why\"\n50 %", new Dictionary<string, string>());

    [Theory]
    [InlineData("", true)]
    [InlineData(" ", false)]
    public async Task The_line_of_the_shell_gives_the_signature(string tail, bool same)
    {
        Needs.Program("openssl");
        var (timestamp, signature, body) = await SignedAsync();
        var output = await RunAsync("sh", ["-c", Block("sh", "openssl dgst")], ("TIMESTAMP", timestamp), ("BODY", body + tail), ("SECRET", SigningSecret));
        Assert.Equal(same, signature == $"v1={output.Split(' ')[0]}");
    }

    [Theory]
    [InlineData("", "True")]
    [InlineData(" ", "False")]
    public async Task The_lines_of_Python_know_it_from_another(string tail, string says)
    {
        Needs.Program("python3");
        var (timestamp, signature, body) = await SignedAsync();
        var program = $"{Block("python", "hmac")}\nimport os\nprint(is_from_ballast(os.environ['SECRET'], os.environ['TIMESTAMP'], os.environ['SIGNATURE'], os.environb[b'BODY']))";
        Assert.Equal(says, (await RunAsync("python3", ["-c", program], ("TIMESTAMP", timestamp), ("SIGNATURE", signature), ("BODY", body + tail), ("SECRET", SigningSecret))).Trim());
    }

    private static async Task<(string Timestamp, string Signature, string Body)> SignedAsync()
    {
        using var request = new WebhookChannel(new WebhookSettings(new Secret("https://example.com/"), new Secret(SigningSecret), Severity.Info))
            .Request(Hello, TimeProvider.System.GetUtcNow());
        return (request.Headers.GetValues("Ballast-Timestamp").Single(), request.Headers.GetValues("Ballast-Signature").Single(),
            await request.Content!.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string Block(string language, string with) => Blocks().Matches(Tree.OfRepository().Files.Single(file => file.Path == "docs/notifications.md").Text)
        .Single(block => block.Groups["language"].Value == language && block.Groups["lines"].Value.Contains(with, StringComparison.Ordinal)).Groups["lines"].Value;

    private static async Task<string> RunAsync(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
