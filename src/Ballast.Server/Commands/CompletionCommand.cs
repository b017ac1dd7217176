using System.CommandLine;

namespace Ballast.Server.Commands;

/// <summary><c>ballast completion bash|zsh|fish</c>: a piece of shell that asks this program what may come next.</summary>
internal sealed class CompletionCommand(CommandOutput output)
{
    /// <summary>
    /// The directive that the command line library answers: the words so far, and where the cursor stands. A colon parts words in bash, and ticks
    /// have colons in their names, so what stands before the last one is taken off again.
    /// </summary>
    private const string Bash = """
        # ballast completion for bash. Add to ~/.bashrc:  source <(ballast completion bash)
        _ballast() {
            local line=${COMP_LINE:0:COMP_POINT} word prefix candidate
            word=${line##*[[:space:]]}
            prefix=
            if [[ $word == *:* && $COMP_WORDBREAKS == *:* ]]; then prefix=${word%"${word##*:}"}; fi
            COMPREPLY=()
            while IFS= read -r candidate; do
                if [[ -n $candidate && $candidate == "$word"* ]]; then COMPREPLY+=("${candidate#"$prefix"}"); fi
            done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)
        }
        complete -o default -F _ballast ballast
        """;

    private const string Zsh = """
        #compdef ballast
        # ballast completion for zsh. Add to ~/.zshrc, after compinit:  source <(ballast completion zsh)
        _ballast() {
            local line="${BUFFER[1,CURSOR]}"
            local -a candidates
            candidates=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
            compadd -a candidates
        }
        compdef _ballast ballast
        """;

    private const string Fish = """
        # ballast completion for fish. Keep it:  ballast completion fish > ~/.config/fish/completions/ballast.fish
        function __ballast_complete
            set -l line (commandline -cp)
            ballast "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c ballast -f -a '(__ballast_complete)'
        """;

    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal) { ["bash"] = Bash, ["zsh"] = Zsh, ["fish"] = Fish };

    public Command Command()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var completion = new Command("completion", "Print a script that completes commands, options and the names of ticks in your shell.") { shell };
        completion.SetAction(parsed =>
        {
            var name = parsed.GetValue(shell)!;
            return output.Print(new CompletionScript(name, Scripts[name]), CommandJson.Default.CompletionScript, (script, _) => [script.Script]);
        });
        return completion;
    }
}

internal sealed record CompletionScript(string Shell, string Script);
