using System.Text.Json.Serialization;
using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.PaperExchange;
using Ballast.Server.Configuration;
using Ballast.Server.Events;
using Ballast.Server.Paper;
using Ballast.Server.Records;
using Ballast.Server.Store;
using Ballast.Server.Tuning;
using Microsoft.AspNetCore.Http.Json;

namespace Ballast.Server.Overview;

/// <summary>Everything that a person looks at, put together. Nothing of it does anything before it is asked.</summary>
internal static class OverviewServices
{
    public static void AddOverview(this IServiceCollection services, Settings settings, RedisConnection redis, PaperExchangeServer? paper, TimeProvider clock)
    {
        var keys = StoreKeys.Of(settings);
        services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Add(OverviewJson.Default);
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddSingleton(settings);
        services.AddSingleton(new ChangeWatch(redis, keys, clock));
        services.AddSingleton(provider => new RecordBook(redis, keys, provider.GetRequiredService<RedisArchive>(), settings.Symbol));
        services.AddSingleton(provider => new Portfolio(provider.GetRequiredService<IStore>(), redis, keys, settings, clock, PairOf(settings.Symbol, paper)));
        services.AddSingleton(provider => new Preview(
            provider.GetRequiredService<IStore>(), provider.GetRequiredService<RedisArchive>(), redis, keys, clock, settings.Policy));
        if (paper is not null)
            services.AddSingleton(paper);
    }

    public static void MapEverythingToLookAt(this IEndpointRouteBuilder app, PaperExchangeServer? paper)
    {
        app.MapOverview();
        app.MapRecords();
        app.MapTuning();
        app.MapEvents();
        if (paper is not null)
            app.MapFaults();
    }

    private static Pair? PairOf(Symbol symbol, PaperExchangeServer? paper) =>
        paper?.Engine.Listings.FirstOrDefault(listing => listing.Symbol == symbol) is { } listing ? new Pair(listing.Base, listing.Quote) : null;
}
