using System.Text.Json;
using Ballast.Core.Paper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ballast.PaperExchange;

/// <summary>
/// The assets and their networks. On paper each has one network, which bears its name, costs nothing, and has no addresses: deposits come
/// from the owner's hand.
/// </summary>
internal sealed class CoinEndpoints(MatchingEngine engine, Gate gate)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v3/capital/config/getall", gate.Guarded(Coins));
        routes.MapGet("/api/v3/capital/deposit/address", gate.Guarded(Addresses));
    }

    private Task Coins(HttpContext context, WireParameters parameters)
    {
        var coins = engine.Listings.SelectMany(listing => new[] { (Coin: listing.Base, Name: listing.FullName), (Coin: listing.Quote, Name: listing.Quote) });
        return Wire.AnswerRowsAsync(context, coins.DistinctBy(entry => entry.Coin), (json, entry) => WriteCoin(json, entry.Coin, entry.Name));
    }

    private static Task Addresses(HttpContext context, WireParameters parameters) =>
        parameters.Required("coin").TryGet(out _, out var refusal)
            ? Wire.AnswerRowsAsync(context, Array.Empty<string>(), static (json, address) => json.WriteStringValue(address))
            : Wire.RefuseAsync(context, refusal);

    private static void WriteCoin(Utf8JsonWriter json, string coin, string name)
    {
        json.WriteStartObject();
        json.WriteString("coin", coin);
        json.WriteString("Name", name);
        json.WriteStartArray("networkList");
        WriteNetwork(json, coin, name);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNetwork(Utf8JsonWriter json, string coin, string name)
    {
        json.WriteStartObject();
        json.WriteString("coin", coin);
        json.WriteNull("depositDesc");
        json.WriteBoolean("depositEnable", true);
        json.WriteNumber("minConfirm", 0);
        json.WriteString("Name", name);
        json.WriteString("network", coin);
        json.WriteBoolean("withdrawEnable", true);
        json.WriteString("withdrawFee", "0");
        json.WriteNull("withdrawIntegerMultiple");
        json.WriteString("withdrawMax", "1000000000000");
        json.WriteString("withdrawMin", "0");
        json.WriteBoolean("sameAddress", false);
        json.WriteString("contract", string.Empty);
        json.Nulls("withdrawTips", "depositTips");
        json.WriteString("netWork", coin);
        json.WriteEndObject();
    }
}
