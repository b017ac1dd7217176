using System.Text.Json;
using Ballast.Core.Paper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ballast.PaperExchange;

/// <summary>Who the account is and what it may do.</summary>
internal sealed class ProfileEndpoints(MatchingEngine engine, TimeProvider clock, Gate gate)
{
    /// <summary>As in the documents' sample: a private person whom nobody has looked at closely.</summary>
    private const string KycStatus = "1";
    private const string Uid = "209302839";

    /// <summary>Fees are given with this many decimals, zeros included.</summary>
    private const decimal EighteenDecimals = 0.000000000000000000m;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v3/kyc/status", gate.Guarded((context, _) => AnswerText(context, "status", KycStatus)));
        routes.MapGet("/api/v3/uid", gate.Guarded((context, _) => AnswerText(context, "uid", Uid)));
        routes.MapGet("/api/v3/selfSymbols", gate.Guarded(SelfSymbols));
        routes.MapGet("/api/v3/tradeFee", gate.Guarded(TradeFee));
        routes.MapGet("/api/v3/mxDeduct/enable", gate.Guarded((context, _) => AnswerDeduction(context)));
        routes.MapPost("/api/v3/mxDeduct/enable", gate.Guarded(Deduct));
    }

    private static Task AnswerText(HttpContext context, string name, string value) => Wire.AnswerAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteString(name, value);
        json.WriteEndObject();
    });

    // An envelope in an order of its own, with a success of its own.
    private Task SelfSymbols(HttpContext context, WireParameters parameters) => Wire.AnswerAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", 200);
        json.WritePropertyName("data");
        Wire.WriteTexts(json, engine.Listings.Where(listing => listing.TradableByApi).Select(listing => listing.Symbol.Name));
        json.WriteNull("msg");
        json.WriteEndObject();
    });

    private Task TradeFee(HttpContext context, WireParameters parameters) =>
        parameters.Listing(engine).TryGet(out var listing, out var refusal)
            ? Wire.AnswerEnvelopeAsync(context, clock.GetUtcNow(), json =>
            {
                json.WriteStartObject();
                json.WriteNumber("makerCommission", listing.MakerFee.Value + EighteenDecimals);
                json.WriteNumber("takerCommission", listing.TakerFee.Value + EighteenDecimals);
                json.WriteEndObject();
            })
            : Wire.RefuseAsync(context, refusal);

    private Task Deduct(HttpContext context, WireParameters parameters)
    {
        if (!bool.TryParse(parameters.Text("mxDeductEnable"), out var enabled))
            return Wire.RefuseAsync(context, Refusals.Mandatory("mxDeductEnable"));
        engine.DeductMx(enabled);
        return AnswerDeduction(context);
    }

    private Task AnswerDeduction(HttpContext context) => Wire.AnswerEnvelopeAsync(context, clock.GetUtcNow(), json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("mxDeductEnable", engine.MxDeduction);
        json.WriteEndObject();
    });
}
