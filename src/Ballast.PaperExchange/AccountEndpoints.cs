using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Trading;
using Ballast.PaperExchange.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ballast.PaperExchange;

/// <summary>What the account holds and what it traded.</summary>
internal sealed class AccountEndpoints(MatchingEngine engine, TimeProvider clock, Gate gate, FaultDesk faults)
{
    /// <summary>As documented: the default is the most, and a client that asks for more gets this many.</summary>
    private const int TradesPerPage = 100;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v3/account", gate.Guarded(Account));
        routes.MapGet("/api/v3/myTrades", gate.Guarded(MyTrades));
    }

    private Task Account(HttpContext context, WireParameters parameters) =>
        Wire.AnswerAsync(context, json => WriteAccount(json, engine.Balances(clock.GetUtcNow())));

    private static void WriteAccount(Utf8JsonWriter json, IReadOnlyDictionary<string, Balance> balances)
    {
        json.WriteStartObject();
        json.Nulls("makerCommission", "takerCommission", "buyerCommission", "sellerCommission");
        json.WriteBoolean("canTrade", true);
        json.WriteBoolean("canWithdraw", true);
        json.WriteBoolean("canDeposit", true);
        json.WriteNull("updateTime");
        json.WriteString("accountType", "SPOT");
        json.WriteStartArray("balances");
        foreach (var (asset, balance) in balances.Where(entry => entry.Value.Total != 0))
            WriteBalance(json, asset, balance);
        json.WriteEndArray();
        json.WriteStartArray("permissions");
        json.WriteStringValue("SPOT");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBalance(Utf8JsonWriter json, string asset, Balance balance)
    {
        json.WriteStartObject();
        json.WriteString("asset", asset);
        json.Number("free", balance.Free);
        json.Number("locked", balance.Locked);
        json.Number("available", balance.Free);
        json.WriteEndObject();
    }

    private Task MyTrades(HttpContext context, WireParameters parameters)
    {
        if (!parameters.Required("symbol").TryGet(out var symbol, out var refusal)
            || !parameters.Time("startTime").TryGet(out var from, out refusal)
            || !parameters.Time("endTime").TryGet(out var to, out refusal)
            || !parameters.Whole("limit").TryGet(out var limit, out refusal))
            return Wire.RefuseAsync(context, refusal);
        if (engine.Listings.All(listing => listing.Symbol.Name != symbol))
            return Wire.RefuseAsync(context, Refusals.InvalidSymbol);
        var (rows, now) = ((int)Math.Clamp(limit ?? TradesPerPage, 1, TradesPerPage), clock.GetUtcNow());
        var trades = engine.Trades(new PaperTradeFilter(symbol, parameters.Text("orderId"), from, Shown(to, now)), rows, now);
        if (faults.ValueOf(FaultKind.DoubleTrades) is not null)
            trades = [.. trades.SelectMany(trade => new[] { trade, trade }).Take(rows)];
        return Wire.AnswerRowsAsync(context, trades, WriteTrade);
    }

    /// <summary>The end of what is shown at present: now, or, while rows are late, before.</summary>
    private DateTimeOffset? Shown(DateTimeOffset? to, DateTimeOffset now) =>
        faults.ValueOf(FaultKind.LateTrades) is not { } seconds ? to
        : now.AddTicks(-(long)(seconds * TimeSpan.TicksPerSecond)) is var latest && to < latest ? to : latest;

    private static void WriteTrade(Utf8JsonWriter json, PaperTrade trade)
    {
        json.WriteStartObject();
        json.WriteString("symbol", trade.Order.Symbol.Name);
        json.WriteString("id", trade.Id);
        json.WriteString("orderId", trade.Order.Id);
        json.WriteNumber("orderListId", -1);
        json.Number("price", trade.Price.Value);
        json.Number("qty", trade.Quantity.Value);
        json.Number("quoteQty", trade.Value.Value);
        json.Number("commission", trade.Fee);
        json.WriteString("commissionAsset", trade.FeeAsset);
        json.WholeSeconds("time", trade.Time);
        json.WriteBoolean("isBuyer", trade.Order.Side == Side.Buy);
        json.WriteBoolean("isMaker", trade.IsMaker);
        json.WriteBoolean("isBestMatch", true);
        if (trade.IsSelfTrade)
            json.WriteBoolean("isSelfTrade", true);
        else
            json.WriteNull("isSelfTrade");
        json.WriteString("clientOrderId", trade.Order.ClientOrderId);
        json.WriteEndObject();
    }
}
