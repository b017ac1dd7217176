using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ballast.Server.SignIn;

/// <summary>What the store holds of somebody who is signed in.</summary>
/// <param name="Source">What let them in, as <see cref="SignInSource"/> writes it.</param>
/// <param name="Seen">When they last called, to a minute.</param>
/// <param name="Address">From where they signed in.</param>
internal sealed record Session(Role Role, string Source, DateTime Since, DateTime Seen, string Address)
{
    /// <summary>A browser that is left alone is signed out after half a day.</summary>
    public static readonly TimeSpan LongestIdle = TimeSpan.FromHours(12);

    /// <summary>Nobody stays signed in for longer than a week.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>How exactly <see cref="Seen"/> is kept, so that most calls write nothing.</summary>
    public static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(1);

    public DateTime Expires => Since + Longest < Seen + LongestIdle ? Since + Longest : Seen + LongestIdle;

    public string ToJson() => JsonSerializer.Serialize(this, SignInJson.Default.Session);

    /// <summary>Null for what is not a session of ours.</summary>
    public static Session? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, SignInJson.Default.Session);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Somebody who is signed in and has just called.</summary>
internal sealed record SignedIn(SessionId Id, Session Session);

/// <summary>What let somebody in. A session ends with it: with another password, with a link outside Development.</summary>
internal static class SignInSource
{
    public const string Link = "link";

    /// <summary>The password in the store. Whoever sets another one there removes the sessions in the same breath.</summary>
    public const string Store = "store";

    /// <summary>The configured hash. Another one is another source.</summary>
    public static string Configured(PasswordHash hash) =>
        "configuration:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hash.ToString())).AsSpan(0, 8));
}
