namespace Ballast.Tests;

/// <summary>What a test needs that not every machine has. Missing, it is a visible skip; in CI, which installs everything, a failure.</summary>
public static class Needs
{
    public static void Program(string name)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.True(found, $"{name} is missing; .ci/run installs it");
        else
            Assert.SkipUnless(found, $"{name} is not installed");
    }
}
