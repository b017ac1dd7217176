using Ballast.Core;

namespace Ballast.Server.Configuration;

/// <summary>The owner's account on the exchange. The keys appear in no text: <see cref="ToString"/> gives the address.</summary>
/// <param name="BaseUrl">Scheme, host and port, without a path.</param>
public sealed record MexcKeys(string ApiKey, string SecretKey, Uri BaseUrl)
{
    internal const string ApiKeyName = "MEXC_API_KEY";
    internal const string SecretKeyName = "MEXC_SECRET_KEY";
    internal const string BaseUrlName = "MEXC_BASE_URL";

    private static readonly Uri Live = new("https://api.mexc.com");

    public override string ToString() => $"MEXC keys for {BaseUrl}";

    internal static bool BothSet(SettingsReader settings) => settings.Has(ApiKeyName) && settings.Has(SecretKeyName);

    internal static bool NoneSet(SettingsReader settings) => !settings.Has(ApiKeyName) && !settings.Has(SecretKeyName);

    /// <summary>Null when a key is absent or refused. One key without the other is refused.</summary>
    internal static MexcKeys? Read(SettingsReader settings)
    {
        RefuseHalf(settings, ApiKeyName, SecretKeyName);
        RefuseHalf(settings, SecretKeyName, ApiKeyName);
        var hasApiKey = settings.TryRead(ApiKeyName, ParseKey, out var apiKey);
        var hasSecretKey = settings.TryRead(SecretKeyName, ParseKey, out var secretKey);
        var baseUrl = settings.Value(BaseUrlName, Live, ParseBaseUrl);
        return hasApiKey && hasSecretKey ? new MexcKeys(apiKey, secretKey, baseUrl) : null;
    }

    private static void RefuseHalf(SettingsReader settings, string present, string absent)
    {
        if (settings.Has(present) && !settings.Has(absent))
            settings.Refuse(absent, $"not set, although {present} is; set both, or neither to use the paper exchange");
    }

    private static Result<string> ParseKey(string text) =>
        text.Any(char.IsWhiteSpace) ? Failure.BadData("has a space or a line break inside; copy the key again, in one piece")
        : text.Any(letter => !char.IsAscii(letter) || char.IsControl(letter))
            ? Failure.BadData("has a character that no key has; copy the key again, without quotes or formatting")
        : text;

    internal static Result<Uri> ParseBaseUrl(string text) =>
        !SettingFormat.WebAddress(text, Live.OriginalString).TryGet(out var address, out var failure) ? failure
        : address.AbsolutePath == "/" ? address
        : Failure.BadData($"'{text}' has a path; write scheme and host only, such as {Live.OriginalString}");
}
