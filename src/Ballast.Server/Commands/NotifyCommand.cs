using System.CommandLine;
using System.Text;
using System.Text.Json;
using Ballast.Server.Configuration;
using Ballast.Server.Notices;
using Ballast.Server.Tasks;

namespace Ballast.Server.Commands;

/// <summary><c>ballast notify test</c>: one message to every channel, at once and past the outbox, and what each of them answered.</summary>
internal sealed class NotifyCommand(IConfiguration configuration, string environment, TimeProvider clock, CommandOutput output)
{
    /// <summary>Somebody sits before it and waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public Command Command()
    {
        var only = new Option<string?>("--channel") { Description = "Only this one: webhook, telegram, discord or ntfy, or telegram:<chat id>." };
        var test = new Command("test", "Send one message to every channel, and say what each answered. Exit code 0: all took it; 1: one did not.")
        {
            only,
        };
        test.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(only), cancel));
        return new Command("notify", "Notifications.") { test };
    }

    private async Task<int> RunAsync(string? only, CancellationToken cancel)
    {
        if (!Settings.Load(configuration, environment, serving: false).TryGet(out var settings, out var mistakes))
            return output.Refuse(mistakes, ExitCode.Configuration);
        if (settings.Notify is not { } notify)
            return output.Refuse("no channel is configured; set one, such as Ballast__Notify__Ntfy__Url=https://ntfy.sh/some-long-name", ExitCode.Configuration);
        var all = NoticeServices.Channels(notify);
        var channels = all.Where(channel => only is null || channel.Name == only || channel.Kind == only).ToList();
        if (channels.Count == 0)
            return output.Refuse($"no channel is called '{only}'; there are {string.Join(", ", all.Select(channel => channel.Name))}", ExitCode.Usage);

        using var post = new Post(clock);
        using var ends = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ends.Token, cancel);
        var notice = Test(settings);
        var answers = await Task.WhenAll(channels.Select(async channel => (channel.Name, Answer: await post.SendAsync(channel, notice, either.Token))));
        Console.WriteLine(output.Json ? Json(answers) : string.Join(Environment.NewLine, answers.Select(each =>
            $"{each.Name,-24} {(each.Answer.Outcome == PostOutcome.Sent ? "ok" : "FAILED"),-8} {each.Answer.Detail}")));
        return answers.All(each => each.Answer.Outcome == PostOutcome.Sent) ? ExitCode.Success : ExitCode.Refused;
    }

    private Notice Test(Settings settings) => new(
        TickRunner.NewId(), NoticeKind.Test, Severity.Info, clock.GetUtcNow(), settings.Symbol.Name, null,
        $"{settings.Symbol.Name}: a test", "Ballast can reach you here.", new Dictionary<string, string>());

    private static string Json(IEnumerable<(string Name, PostAnswer Answer)> answers) => Encoding.UTF8.GetString(Channel.Json(json =>
    {
        json.WriteStartArray("channels"u8);
        foreach (var (name, answer) in answers)
        {
            json.WriteStartObject();
            json.WriteString("channel"u8, name);
            json.WriteBoolean("sent"u8, answer.Outcome == PostOutcome.Sent);
            json.WriteString("answer"u8, answer.Detail);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }));
}
