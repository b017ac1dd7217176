using System.Globalization;
using Ballast.Core;
using Ballast.Core.Trading;
using Ballast.Server.Auth;
using Ballast.Server.Configuration;
using Ballast.Server.Notices;
using Ballast.Server.Schedule;

namespace Ballast.Server;

/// <summary>What a person who has just started the program needs to know, in one screen, with a line to paste at its end.</summary>
public static class Banner
{
    /// <param name="now">For the time of the next scheduled run.</param>
    public static string Text(BallastServer server, DateTimeOffset now)
    {
        var settings = server.Settings;
        List<(string Label, string Value)> rows =
        [
            ("exchange", Exchange(server)),
            ("store", Store(server)),
            ("mode", ModeOf(settings)),
            ("portfolio", $"{settings.Symbol}, {Percent(settings.Policy.TargetRatio)} in the coin; acts from {Percent(settings.Policy.Threshold)} and {settings.Policy.MinNotional} (quote) on"),
            ("callers", Callers(settings.Auth)),
            ("operator", Operator(settings)),
            ("dashboard", Dashboard(server)),
            ("metrics", Metrics(settings.Telemetry)),
            ("schedule", Schedule(settings.Schedule, now)),
            ("listening", $"{server.Url.GetLeftPart(UriPartial.Authority)}{(settings.IsProduction ? " (all interfaces)" : " (this machine only)")}"),
        ];
        if (settings.Notify is { } notify)
            rows.Add(("notices", string.Join(", ", NoticeServices.Channels(notify).Select(channel => channel.Name))));
        if (server.Paper?.AccountNote is { } account)
            rows.Add(("note", account));
        rows.AddRange(settings.Notes.Select(note => ("note", note)));
        return $"""

            Ballast {typeof(Banner).Assembly.GetName().Version!.ToString(3)} · {Plate(server)}

            {string.Join(Environment.NewLine, rows.Select(row => $"  {row.Label,-10} {row.Value}"))}

            {Open(server)}Run a tick:
              {Paste(server)}

            """;
    }

    private static string ModeOf(Settings settings) => settings.Mode switch
    {
        Mode.Observe => "observe: plans and records, never trades",
        Mode.Approve => $"approve: an order waits for its owner; {Limits(settings.Safety)}",
        _ => $"auto: orders leave by themselves; {Limits(settings.Safety)}",
    };

    private static string Limits(SafetyLimits limits) => $"at most {limits.MaxOrderNotional} an order and {limits.MaxDailyNotional} a day (quote)";

    private static string Plate(BallastServer server) => server.Paper is null
        ? $"{(server.Settings.Mode == Mode.Auto ? "LIVE" : server.Settings.Mode.ToString().ToUpperInvariant())}, real account at {server.Settings.Mexc!.BaseUrl.Host}"
        : $"PAPER: play money on {Kind(server.Settings.Paper.Market)}; nothing real can be bought or sold";

    private static string Kind(PaperMarket market) => market switch
    {
        PaperMarket.Replay => "recorded prices",
        PaperMarket.Live => "the real market's prices",
        _ => "a synthetic market",
    };

    private static string Exchange(BallastServer server) => server.Paper is { } paper
        ? $"paper, {Market(server.Settings.Paper, paper.Markets.EndsAt)}, MEXC's REST API at {paper.Url.GetLeftPart(UriPartial.Authority)}{(server.Settings.Paper.Admin ? "; any program here may switch faults on (ballast paper)" : "")}"
        : $"MEXC at {server.Settings.Mexc!.BaseUrl.GetLeftPart(UriPartial.Authority)}";

    internal static string Market(PaperSettings paper, DateTimeOffset? endsAt) => paper.Market switch
    {
        PaperMarket.Replay => string.Create(CultureInfo.InvariantCulture,
            $"replay of {paper.File} ({paper.Prices!.First:yyyy-MM-dd HH:mm} to {paper.Prices.End:yyyy-MM-dd HH:mm}, book of seed {paper.Seed}{Speed(paper)}), which ends at {endsAt:yyyy-MM-dd HH:mm:ss} UTC and then pauses"),
        PaperMarket.Live => $"live prices of {paper.LiveUrl.GetLeftPart(UriPartial.Authority)}, filled on this machine",
        _ => $"synthetic market (seed {paper.Seed}{Speed(paper)})",
    };

    private static string Speed(PaperSettings paper) => paper.Speed == 1 ? "" : $", at {Decimals.Text(paper.Speed)} times the speed";

    private static string Store(BallastServer server) => server.Embedded is { } embedded
        ? string.Create(CultureInfo.InvariantCulture, $"embedded (Garnet), data in {embedded.Directory}; look inside: redis-cli -p {embedded.Port}")
        : server.Settings.Store.Redis!.ToString();

    private static string Callers(AuthSettings auth) => (auth.OidcConfigured, auth.TrustSchedulerHeader) switch
    {
        (true, true) => $"{Oidc(auth)}; or anyone with the header {SchedulerAuthentication.SchedulerHeader} (trusted)",
        (true, false) => $"{Oidc(auth)}; the header {SchedulerAuthentication.SchedulerHeader} alone is refused",
        (false, true) => $"anyone with the header {SchedulerAuthentication.SchedulerHeader} (trusted); OIDC is not configured",
        (false, false) => "nobody: neither OIDC nor a trusted header is configured",
    };

    private static string Operator(Settings settings) => settings.Operator switch
    {
        null when !settings.HasApi => "nobody: the API is off; set Ballast__Operator__ApiToken to turn it on",
        null => "API under /api/v1 for who is signed in; set Ballast__Operator__ApiToken for scripts",
        { Shown: { } shown } => $"API under /api/v1 with the header Authorization: Bearer {shown} (new at every start)",
        _ => "API under /api/v1 with the configured token",
    };

    private static string Dashboard(BallastServer server) => server.Settings.Dashboard switch
    {
        { Enabled: false } => "off; set Ballast__Dashboard__Enabled=true and give it a password: ballast operator set-password",
        { Links: true } => "sign in with the link below, once within 15 minutes; for another one: ballast operator link",
        { Password: not null } => $"{Page(server)}; sign in with the configured password",
        _ => $"{Page(server)}; sign in with the operator's password (ballast operator set-password)",
    };

    private static string Page(BallastServer server) => $"{server.Url.GetLeftPart(UriPartial.Authority)}/";

    /// <summary>The one secret that is printed: it lets in once, soon, and only whoever is at this machine.</summary>
    private static string Open(BallastServer server) => server.Settings.Dashboard is { Enabled: true, Links: true }
        ? $"Open the dashboard:{Environment.NewLine}  {Page(server)}sign-in/{server.NewSignInLink()}{Environment.NewLine}{Environment.NewLine}" : "";

    private static string Metrics(TelemetrySettings telemetry)
    {
        var scraped = telemetry switch
        {
            { ServesMetrics: false } => "no /metrics; set Ballast__Metrics__Token to switch it on",
            { MetricsToken: null } => "GET /metrics, without a token on this machine",
            _ => "GET /metrics with the configured token",
        };
        return telemetry.Collector is { } collector ? $"{scraped}; pushed to {collector.Endpoint.GetLeftPart(UriPartial.Path)} before each answer ({Pushed(collector)})" : scraped;
    }

    private static string Pushed(CollectorSettings collector) => (collector.Metrics, collector.Traces) switch
    {
        (true, true) => "metrics and spans",
        (true, false) => "metrics",
        _ => "spans",
    };

    private static string Oidc(AuthSettings auth) => $"OIDC tokens of {auth.Issuer} for {string.Join(", ", auth.ServiceAccounts)}";

    private static string Schedule(ScheduleSettings schedule, DateTimeOffset now) => schedule.Enabled
        ? string.Create(CultureInfo.InvariantCulture, $"every {Distance(schedule)} by the server's own clock, next at {LocalSchedule.NextRun(now, schedule.Every):HH:mm:ss} UTC")
        : "none of its own; something must call /tasks/runtime";

    private static string Distance(ScheduleSettings schedule) => schedule.Every == TimeSpan.FromMinutes(schedule.EveryMinutes)
        ? $"{schedule.EveryMinutes} min"
        : string.Create(CultureInfo.InvariantCulture, $"{schedule.Every.TotalSeconds:0} s, because the market is fast,");

    private static string Paste(BallastServer server)
    {
        if (!server.Settings.Auth.TrustSchedulerHeader && !server.Settings.Auth.OidcConfigured)
            return "ballast tick   (here, with the same settings; nobody may call the tasks of this server)";
        var proof = server.Settings.Auth.TrustSchedulerHeader ? $"{SchedulerAuthentication.SchedulerHeader}: true" : "Authorization: Bearer $TOKEN";
        return $"curl -X POST {server.Url.GetLeftPart(UriPartial.Authority)}/tasks/runtime -H \"{proof}\"";
    }

    private static string Percent(Ratio ratio) => $"{Decimals.Text(ratio.Value * 100)} %";
}
