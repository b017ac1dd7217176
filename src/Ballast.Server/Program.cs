using Ballast.Server;
using Ballast.Server.Configuration;

// Exit codes of sysexits.h, so that a supervisor can tell a mistake in the configuration from an outage.
const int Usage = 64;
const int Unavailable = 69;
const int Configuration = 78;

// A word that is not a setting would otherwise be taken for nothing at all.
if (args.FirstOrDefault(argument => !argument.StartsWith("--", StringComparison.Ordinal) || !argument.Contains('=', StringComparison.Ordinal)) is { } unknown)
{
    Console.Error.WriteLine($"ballast: '{unknown}' is not understood. Start it without arguments, or with settings such as --Ballast:Policy:TargetRatio=0.6");
    return Usage;
}

// 1  Read everything that was configured, and say all that is wrong with it at once.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
if (!Settings.Load(builder.Configuration, builder.Environment.EnvironmentName).TryGet(out var settings, out var mistakes))
{
    Console.Error.WriteLine("ballast cannot start:");
    foreach (var mistake in mistakes)
        Console.Error.WriteLine($"  - {mistake}");
    return Configuration;
}

// 2  Start the store, the exchange and the server.
var clock = TimeProvider.System;
BallastServer server;
try
{
    server = await BallastServer.StartAsync(builder, settings, clock, CancellationToken.None);
}
catch (Exception outage) when (outage is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"ballast cannot start: {outage.Message}");
    return Unavailable;
}

// 3  Say what is running, and run until told to stop.
await using (server)
{
    Console.WriteLine(Banner.Text(server, clock.GetUtcNow()));
    await server.App.WaitForShutdownAsync();
}
return 0;
