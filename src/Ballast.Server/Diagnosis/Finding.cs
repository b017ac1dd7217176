namespace Ballast.Server.Diagnosis;

/// <summary>What one check comes to, without its name.</summary>
internal sealed record Finding(string Status, string Says, string? Fix)
{
    public const string Passed = "pass";
    public const string Warned = "warn";
    public const string Failed = "fail";
    public const string Skipped = "skipped";

    public static Finding Pass(string says) => new(Passed, says, null);

    public static Finding Warn(string says, string fix) => new(Warned, says, fix);

    public static Finding Fail(string says, string fix) => new(Failed, says, fix);

    /// <summary>Not applicable here, or not to be known; <paramref name="fix"/> is what an owner may look at.</summary>
    public static Finding Skip(string says, string? fix = null) => new(Skipped, says, fix);

    /// <param name="ms">Counts only where something was found out.</param>
    public DoctorLine As(string name, long? ms = null) => new(name, Status, Says, Fix, Status == Skipped ? null : ms);

    /// <summary>A sentence whose fix stands behind its first semicolon, taken apart there.</summary>
    public static (string Says, string Fix) Apart(string sentence, string otherwise) =>
        sentence.IndexOf("; ", StringComparison.Ordinal) is var at and > 0 ? (sentence[..at], sentence[(at + 2)..]) : (sentence, otherwise);
}
