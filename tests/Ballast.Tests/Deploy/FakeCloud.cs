namespace Ballast.Tests.Deploy;

/// <summary>A project in a cloud that is not there: <c>gcloud.sh</c> as gcloud, and what it remembers.</summary>
internal sealed class FakeCloud : IDisposable
{
    private readonly string state = Directory.CreateTempSubdirectory("ballast-cloud-").FullName;

    /// <param name="withGcloud">False for a machine on which it was never installed.</param>
    public FakeCloud(bool withGcloud = true)
    {
        Directory.CreateDirectory(Programs);
        foreach (var name in (string[])["bash", "cat", "cut", "dirname", "env", "find", "git", "paste", "sed", "sha256sum", "sleep", "sort", "wc"])
            File.CreateSymbolicLink(Path.Combine(Programs, name), Needs.Program(name));
        if (withGcloud)
            File.CreateSymbolicLink(Path.Combine(Programs, "gcloud"), DeployFolder.At("..", "tests", "Ballast.Tests", "Deploy", "gcloud.sh"));
    }

    private string Programs => Path.Combine(state, "programs");

    /// <summary>Every call so far, as typed.</summary>
    public IReadOnlyList<string> Calls => Lines("calls");

    /// <summary>Everything that was made so far.</summary>
    public IReadOnlyList<string> Made => Lines("made");

    /// <summary>What the newest version of a secret holds; null when there is none.</summary>
    public string? Secret(string name) => Directory.EnumerateFiles(state, $"version {name} *").Order(StringComparer.Ordinal).LastOrDefault() is { } file ? File.ReadAllText(file) : null;

    /// <summary>An organisation that lets nothing be open to everybody.</summary>
    public void ForbidStrangers() => File.WriteAllText(Path.Combine(state, "organisation"), "");

    public Task<(int ExitCode, string Output, string Errors)> DeployAsync(string words = "", params (string Name, string Value)[] variables) => Shell.RunAsync(
        "bash", [DeployFolder.At("cloud-run", "deploy.sh"), .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)], Environment(variables));

    /// <summary>Types lines into a shell of this machine.</summary>
    public Task<(int ExitCode, string Output, string Errors)> PasteAsync(string lines, params (string Name, string Value)[] variables) =>
        Shell.RunAsync("bash", ["-eu"], Environment(variables), lines);

    public void Dispose() => Directory.Delete(state, recursive: true);

    private Dictionary<string, string> Environment((string Name, string Value)[] variables)
    {
        var all = new Dictionary<string, string> { ["PATH"] = Programs, ["HOME"] = state, ["FAKE_GCLOUD"] = state };
        foreach (var (name, value) in variables)
            all[name] = value;
        return all;
    }

    private string[] Lines(string file) => File.Exists(Path.Combine(state, file)) ? File.ReadAllLines(Path.Combine(state, file)) : [];
}
