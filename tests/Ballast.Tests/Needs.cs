namespace Ballast.Tests;

/// <summary>What a test needs that not every machine has. Missing, it is a visible skip; in CI, which installs everything, a failure.</summary>
public static class Needs
{
    private const string Redis = "redis-server";
    private const string Prometheus = "prometheus";
    private const string ChromiumName = "chromium";

    /// <summary>Whether there is a redis-server, for fixtures, which cannot skip.</summary>
    public static bool HasRedisServer => Find(Redis) is not null;

    /// <summary>Whether there is a Prometheus, for fixtures, which cannot skip.</summary>
    public static bool HasPrometheus => Find(Prometheus) is not null;

    /// <summary>Whether there is Node with its npm, for fixtures, which cannot skip.</summary>
    public static bool HasNode => Find("node") is not null && Find("npm") is not null;

    /// <summary>Whether there is Chromium, for fixtures, which cannot skip.</summary>
    public static bool HasChromium => Find(ChromiumName) is not null;

    /// <returns>The path of redis-server.</returns>
    public static string RedisServer() => Program(Redis);

    /// <returns>The path of prometheus.</returns>
    public static string PrometheusServer() => Program(Prometheus);

    /// <returns>The path of Chromium.</returns>
    public static string Chromium() => Program(ChromiumName);

    /// <returns>Where it is installed.</returns>
    public static string Program(string name)
    {
        var found = Find(name);
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.True(found is not null, $"{name} is missing; .ci/run installs it");
        else
            Assert.SkipUnless(found is not null, $"{name} is not installed");
        return found!;
    }

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
