using Ballast.Core;

namespace Ballast.Server.Configuration;

/// <summary>Where the books are kept.</summary>
public sealed record StoreSettings
{
    internal const string RedisName = "REDIS_URL";
    internal const string PortName = "Ballast:Store:Port";
    internal const string DataDirectoryName = "Ballast:Store:DataDirectory";

    /// <summary>Null is the embedded store.</summary>
    public RedisUrl? Redis { get; init; }

    /// <summary>Loopback port of the embedded store, beside Redis's own so that both can run; 0 is any free one.</summary>
    public int Port { get; init; } = 6390;

    /// <summary>Folder of the embedded store; a relative path starts where the program was started.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary>Whether keys carry <c>{…}</c>: Redis Cluster then keeps a portfolio on one slot. A change leaves old keys behind.</summary>
    public bool HashTags { get; init; }

    /// <summary>Plans kept, newest first; the default is 31 days of 15-minute ticks.</summary>
    public int HistoryLimit { get; init; } = 2976;

    internal static StoreSettings Read(SettingsReader settings)
    {
        var absent = new StoreSettings();
        return new StoreSettings
        {
            Redis = settings.TryRead(RedisName, RedisUrl.Parse, out var redis) ? redis : null,
            Port = settings.Value(PortName, absent.Port, SettingFormat.Port(absent.Port)),
            DataDirectory = ReadDataDirectory(settings),
            HashTags = settings.Value("Ballast:Store:HashTags", absent.HashTags, SettingFormat.Switch),
            HistoryLimit = settings.Value(
                "Ballast:Store:HistoryLimit", absent.HistoryLimit, SettingFormat.Whole(1, 100_000, "how many plans to keep, such as 2976")),
        };
    }

    internal static string ReadDataDirectory(SettingsReader settings) => settings.Value(DataDirectoryName, new StoreSettings().DataDirectory, ParseDirectory);

    private static Result<string> ParseDirectory(string text) =>
        !text.Any(char.IsControl) ? text
        : Failure.BadData("has a line break or another control character in it; write a folder's path, such as data");
}
