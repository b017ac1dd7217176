using Ballast.Core;
using Ballast.Server.Auth;

namespace Ballast.Server.Configuration;

/// <summary>Reads who may call the task endpoints, and refuses a server that nobody, or everybody, could call.</summary>
internal static class AuthSection
{
    private const string Issuer = "Ballast:Auth:Issuer";
    private const string Audience = "Ballast:Auth:Audience";
    private const string ServiceAccounts = "Ballast:Auth:ServiceAccounts";
    private const string TrustSchedulerHeader = "Ballast:Auth:TrustSchedulerHeader";

    /// <summary>Outside Development somebody must be able to prove who they are; the header is trusted only where that is said.</summary>
    /// <param name="waitsForCallers">False where a tick runs without a call, so that nobody needs to be able to make one.</param>
    public static AuthSettings Read(SettingsReader settings, bool development, bool waitsForCallers)
    {
        var absent = new AuthSettings();
        RefuseHalf(settings, Audience, ServiceAccounts);
        RefuseHalf(settings, ServiceAccounts, Audience);
        var auth = new AuthSettings
        {
            Issuer = settings.Value(Issuer, absent.Issuer, ParseIssuer),
            Audiences = settings.Value(Audience, absent.Audiences, SettingFormat.List),
            ServiceAccounts = settings.Value(ServiceAccounts, absent.ServiceAccounts, ParseAccounts),
            TrustSchedulerHeader = settings.Value(TrustSchedulerHeader, development, SettingFormat.Switch),
        };
        var attempted = settings.Has(Audience) || settings.Has(ServiceAccounts);
        if (waitsForCallers && !development && !attempted && !auth.TrustSchedulerHeader)
            settings.Refuse(Audience, "not set, so nobody could call the task endpoints; " +
                $"set it together with {SettingName.Both(ServiceAccounts)}, " +
                $"or {SettingName.Both(ScheduleSettings.EnabledName)}=true where the server is to keep its own time, " +
                $"or {SettingName.Both(TrustSchedulerHeader)}=true behind an ingress that strips X-CloudScheduler from outside, " +
                "or, for a trial on your own machine, ASPNETCORE_ENVIRONMENT=Development");
        return auth;
    }

    private static void RefuseHalf(SettingsReader settings, string present, string absent)
    {
        if (settings.Has(present) && !settings.Has(absent))
            settings.Refuse(absent, $"not set, although {present} is; a token must match both, so set both or neither");
    }

    /// <summary>The text itself, not a tidied URI: a token's <c>iss</c> must equal it character by character.</summary>
    private static Result<string> ParseIssuer(string text) =>
        SettingFormat.WebAddress(text, "https://accounts.google.com").TryGet(out _, out var failure) ? text : failure;

    private static Result<IReadOnlyList<string>> ParseAccounts(string text) =>
        !SettingFormat.List(text).TryGet(out var accounts, out var failure) ? failure
        : accounts.FirstOrDefault(account => !IsMailAddress(account)) is not { } odd ? Found(accounts)
        : Failure.BadData($"'{odd}' is not an e-mail address; write the account's own, such as scheduler@project.iam.gserviceaccount.com");

    private static Result<IReadOnlyList<string>> Found(IReadOnlyList<string> accounts) => accounts.ToArray();

    private static bool IsMailAddress(string text) =>
        text.Split('@') is [{ Length: > 0 }, var domain]
        && domain.Split('.') is { Length: > 1 } labels && labels.All(label => label.Length > 0)
        && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter));
}
