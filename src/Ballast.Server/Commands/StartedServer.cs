using System.Text.Json;
using Ballast.Server.Tasks;

namespace Ballast.Server.Commands;

/// <summary>What <c>ballast serve --json</c> says in place of the banner, on one line, as soon as the server listens. Without secrets.</summary>
/// <param name="StorePort">Of the embedded store; absent with a Redis of the owner's.</param>
internal sealed record StartedServer(string Url, string Version, string Symbol, string Mode, string Exchange, int? StorePort = null)
{
    public static string Text(BallastServer server) => JsonSerializer.Serialize(
        new StartedServer(
            server.Url.GetLeftPart(UriPartial.Authority), VersionAnswer.Here().Version, server.Settings.Symbol.Name, TaskAnswer.Lower(server.Settings.Mode),
            server.Paper is null ? "mexc" : "paper", server.Embedded?.Port),
        CommandJson.Default.StartedServer);
}

/// <summary>The same of <c>ballast paper --json</c>.</summary>
/// <param name="KeysFile">A piece of shell that sets the keys.</param>
internal sealed record StartedExchange(string Url, string KeysFile, bool NewKeys);
