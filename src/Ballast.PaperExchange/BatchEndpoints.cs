using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Paper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ballast.PaperExchange;

/// <summary>
/// Up to twenty orders of one pair in one request. Each stands for itself: they are placed one after the other, and what is refused has its
/// refusal in the row where an order would be.
/// </summary>
internal sealed class BatchEndpoints(MatchingEngine engine, TimeProvider clock, Gate gate)
{
    private const string ListName = "batchOrders";
    private const int MostOrders = 20;

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v3/batchOrders", gate.Guarded(Place));

    private Task Place(HttpContext context, WireParameters parameters) =>
        Read(parameters).TryGet(out var orders, out var refusal)
            ? Wire.AnswerRowsAsync(context, orders, PlaceOne)
            : Wire.RefuseAsync(context, refusal);

    private void PlaceOne(Utf8JsonWriter json, WireParameters parameters)
    {
        var clientId = parameters.Text("newClientOrderId");
        json.WriteStartObject();
        if (OrderWords.Read(parameters).TryGet(out var request, out var refusal)
            && engine.Place(request, clock.GetUtcNow()).TryGet(out var order, out refusal))
        {
            json.WriteString("symbol", order.Symbol.Name);
            json.WriteString("orderId", order.Id);
            json.WriteNumber("orderListId", -1);
            if (clientId is not null)
                json.WriteString("newClientOrderId", clientId);
        }
        else
        {
            json.WriteString("newClientOrderId", clientId);
            json.WriteString("msg", refusal.Reason);
            json.WriteNumber("code", refusal.Code!.Value);
        }
        json.WriteEndObject();
    }

    private static Result<WireParameters[]> Read(WireParameters parameters)
    {
        if (!parameters.Required(ListName).TryGet(out var text, out var refusal) || !Parse(text).TryGet(out var orders, out refusal))
            return refusal;
        return orders.Length > MostOrders ? Refusals.TooManyOrders
            : orders.Select(order => order.Text("symbol")).Distinct().Count() > 1 ? Refusals.ParameterWrong
            : orders;
    }

    private static Result<WireParameters[]> Parse(string text)
    {
        try
        {
            using var list = JsonDocument.Parse(text);
            return list.RootElement.ValueKind == JsonValueKind.Array && list.RootElement.GetArrayLength() > 0
                && list.RootElement.EnumerateArray().All(order => order.ValueKind == JsonValueKind.Object)
                ? list.RootElement.EnumerateArray().Select(order => new WireParameters([.. order.EnumerateObject().Select(Pair)])).ToArray()
                : Refusals.Mandatory(ListName);
        }
        catch (JsonException)
        {
            return Refusals.Mandatory(ListName);
        }
    }

    // Numbers with the decimals they are written with. The documents' own sample calls a LIMIT order a LIMIT_ORDER.
    private static (string Name, string Value) Pair(JsonProperty property) => (property.Name, property.Value.ValueKind switch
    {
        JsonValueKind.Null => string.Empty,
        JsonValueKind.String when property.Name == "type" && property.Value.ValueEquals("LIMIT_ORDER") => "LIMIT",
        JsonValueKind.String => property.Value.GetString()!,
        _ => property.Value.GetRawText(),
    });
}
