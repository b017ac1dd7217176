using System.CommandLine;
using Ballast.Server.Configuration;
using Ballast.Server.SignIn;

namespace Ballast.Server.Commands;

/// <summary><c>ballast operator …</c>: who may sign in. Whoever can start the program beside the store needs no other proof.</summary>
internal sealed class OperatorCommands(
    IConfiguration configuration, TimeProvider clock, Func<Func<StoreSession, Task<int>>, Task<int>> withStore, CommandOutput output)
{
    private const string By = "command line";

    public Command Command()
    {
        var operators = new Command("operator", "Who may sign in to the dashboard: passwords, sessions, links.");
        operators.Subcommands.Add(ForRole(
            "set-password", "Set the password, and sign everybody out. Asks for it, or reads one line from a pipe.", SetPasswordAsync));
        operators.Subcommands.Add(ForRole("remove-password", "Remove the password, and sign everybody out.", RemovePasswordAsync));
        operators.Subcommands.Add(Simple("hash-password", $"Print a password's hash, for {DashboardSettings.PasswordHashName}.", HashPasswordAsync));
        operators.Subcommands.Add(Simple("sign-out-all", "Sign everybody out.", () => withStore(SignOutAsync)));
        operators.Subcommands.Add(Simple("link", "Make a link that signs in once, for a server in Development.", () => withStore(LinkAsync)));
        return operators;
    }

    private static Command ForRole(string name, string description, Func<Role, Task<int>> run)
    {
        var reader = new Option<bool>("--reader") { Description = "The password of whoever may look, and change nothing." };
        var command = new Command(name, description) { reader };
        command.SetAction((parsed, _) => run(parsed.GetValue(reader) ? Role.Reader : Role.Operator));
        return command;
    }

    private static Command Simple(string name, string description, Func<Task<int>> run)
    {
        var command = new Command(name, description);
        command.SetAction((_, _) => run());
        return command;
    }

    private async Task<int> SetPasswordAsync(Role role)
    {
        if (Ask() is not { } password)
            return ExitCode.Refused;
        var hash = PasswordHash.Of(password);
        return await withStore(async session =>
        {
            var other = role == Role.Operator ? Role.Reader : Role.Operator;
            if (await session.SignIn.PasswordAsync(other) is { } text && PasswordHash.Parse(text).TryGet(out var taken, out _) && taken.Matches(password))
                return Refuse("operator and reader need different passwords, because the password is all that tells them apart");
            var signedOut = await session.SignIn.SetPasswordAsync(role, hash, By, clock.GetUtcNow());
            return Print(
                new OperatorAnswer("password_set", role, signedOut), [$"The {Name(role)}'s password is set.", SignedOut(signedOut), .. Overruled(role)]);
        });
    }

    private Task<int> RemovePasswordAsync(Role role) => withStore(async session =>
    {
        var signedOut = await session.SignIn.SetPasswordAsync(role, null, By, clock.GetUtcNow());
        return Print(
            new OperatorAnswer("password_removed", role, signedOut), [$"The {Name(role)}'s password is removed.", SignedOut(signedOut), .. Overruled(role)]);
    });

    private Task<int> HashPasswordAsync()
    {
        if (Ask() is not { } password)
            return Task.FromResult(ExitCode.Refused);
        var hash = PasswordHash.Of(password).ToString();
        return Task.FromResult(Print(new OperatorAnswer("hashed", Hash: hash), hash));
    }

    private async Task<int> SignOutAsync(StoreSession session)
    {
        var signedOut = await session.SignIn.RemoveAllAsync();
        return Print(new OperatorAnswer("signed_out", SignedOut: signedOut), SignedOut(signedOut));
    }

    private async Task<int> LinkAsync(StoreSession session)
    {
        if (!Settings.LoadPort(configuration, out var port, out var reasons))
            return Refuse(string.Join("; ", reasons), ExitCode.Configuration);
        var code = SignInDesk.NewCode();
        await session.SignIn.AddLinkAsync(SignInDesk.DigestOf(code), SignInDesk.LinkLifetime);
        var link = $"http://localhost:{port}/sign-in/{code}";
        return Print(
            new OperatorAnswer("link", Link: link), link, $"It signs in once, within {SignInDesk.LinkLifetime.TotalMinutes:0} minutes, on a server in Development.");
    }

    /// <summary>A hash in the configuration counts in place of the one in the store, which would surprise whoever has just set that.</summary>
    private IEnumerable<string> Overruled(Role role)
    {
        var name = role == Role.Operator ? DashboardSettings.PasswordHashName : DashboardSettings.ReaderPasswordHashName;
        if (!string.IsNullOrWhiteSpace(configuration[name]))
            yield return $"It does not count as long as {name} is set.";
    }

    /// <summary>Null, with the reason said, when there is no password that could be set.</summary>
    private string? Ask()
    {
        var password = Console.IsInputRedirected ? Console.In.ReadLine() ?? "" : Typed("Password: ");
        if (PasswordHash.Complaint(password) is { } complaint)
        {
            Refuse(complaint);
            return null;
        }
        if (Console.IsInputRedirected || Typed("Once more: ") == password)
            return password;
        Refuse("the two are not the same; nothing was changed");
        return null;
    }

    private static string Typed(string prompt)
    {
        Console.Error.Write(prompt);
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace && typed.Length > 0)
                typed.Length--;
            else if (key.Key != ConsoleKey.Backspace && key.KeyChar != '\0')
                typed.Append(key.KeyChar);
        }
        Console.Error.WriteLine();
        return typed.ToString();
    }

    private static string Name(Role role) => role == Role.Operator ? "operator" : "reader";

    private static string SignedOut(int sessions) => sessions == 1 ? "1 session was ended." : $"{sessions} sessions were ended.";

    private int Print(OperatorAnswer answer, params string[] lines) => output.Print(answer, SignInJson.Default.OperatorAnswer, (_, _) => lines);

    private int Refuse(string reason, int exitCode = ExitCode.Refused) => output.Refuse(reason, exitCode);
}
