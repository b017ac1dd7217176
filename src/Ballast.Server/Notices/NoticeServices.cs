using System.Diagnostics.Metrics;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Configuration;
using Ballast.Server.Store;
using Ballast.Server.Tasks;
using Ballast.Server.Trading;

namespace Ballast.Server.Notices;

/// <summary>
/// Puts together who tells what to whom. Where no channel is configured there is nothing of it; where one is, connections are made when the first
/// notice leaves.
/// </summary>
internal static class NoticeServices
{
    /// <returns>Null where nobody is notified.</returns>
    public static Outbox? AddNotices(this IServiceCollection services, Settings settings, RedisConnection redis, TimeProvider clock)
    {
        if (settings.Notify is not { } notify)
            return null;
        var outbox = new Outbox(redis, StoreKeys.Of(settings), settings.Symbol, new TickNews(settings.Symbol, notify));

        // By functions, so that the container disposes of them.
        services.AddSingleton(_ => new Post(clock));
        services.AddSingleton(provider => new NoticeMeasures(provider.GetRequiredService<IMeterFactory>()));
        services.AddSingleton(provider => new Courier(
            outbox, Channels(notify), notify, provider.GetRequiredService<Post>(), provider.GetRequiredService<NoticeMeasures>(), clock, TickRunner.NewId,
            provider.GetRequiredService<ILogger<Courier>>()));
        if (notify.Telegram is { Receive: not TelegramReceive.None } telegram)
            AddTelegram(services, telegram, outbox, clock);
        return outbox;
    }

    /// <summary>Opens <c>/notify/telegram</c> where Telegram calls.</summary>
    public static void MapNotices(this IEndpointRouteBuilder app, NotifySettings? notify)
    {
        if (notify?.Telegram is { Receive: TelegramReceive.Webhook, WebhookSecret: { } secret })
            TelegramWebhook.Map(app, secret);
    }

    public static IReadOnlyList<Channel> Channels(NotifySettings notify)
    {
        var channels = new List<Channel>();
        if (notify.Webhook is { } webhook)
            channels.Add(new WebhookChannel(webhook));
        foreach (var chat in notify.Telegram?.ChatIds ?? [])
            channels.Add(new TelegramChannel(notify.Telegram!, chat));
        if (notify.Discord is { } discord)
            channels.Add(new DiscordChannel(discord));
        if (notify.Ntfy is { } ntfy)
            channels.Add(new NtfyChannel(ntfy));
        return channels;
    }

    private static void AddTelegram(IServiceCollection services, TelegramSettings telegram, Outbox outbox, TimeProvider clock)
    {
        services.AddSingleton(provider => new TelegramApi(telegram, provider.GetRequiredService<Post>()));
        services.AddSingleton(provider => new TelegramDesk(
            telegram, provider.GetRequiredService<TelegramApi>(), outbox, provider.GetRequiredService<NoticeMeasures>(), clock,
            provider.GetRequiredService<ILogger<TelegramDesk>>(),
            new TelegramOrders(
                provider.GetRequiredService<TradingDesk>(), provider.GetRequiredService<TickRunner>(), provider.GetRequiredService<IExchange>(),
                provider.GetRequiredService<TickOptions>())));
        if (telegram.Receive == TelegramReceive.Poll)
            services.AddHostedService(provider => new TelegramPoll(
                provider.GetRequiredService<TelegramApi>(), provider.GetRequiredService<TelegramDesk>(), clock,
                provider.GetRequiredService<ILogger<TelegramPoll>>()));
    }
}
