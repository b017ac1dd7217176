using Ballast.Server;
using Ballast.Server.Commands;
using Ballast.Server.Configuration;
using Ballast.Server.Paper;

// 1  Settings may stand among the words of a command; they go where all settings go. They are read once, so no file is watched for changes.
const string NoWatching = "--hostBuilder:reloadConfigOnChange=false";
var clock = TimeProvider.System;
var builder = WebApplication.CreateSlimBuilder([.. args.Where(ProgramCommands.IsSetting), NoWatching]);
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
var words = args.Where(argument => !ProgramCommands.IsSetting(argument)).ToArray();

// 2  Without a word the server starts: the command line is taken apart only where there is one.
return words.Length == 0 ? await ServeAsync(asked: null) : await new ProgramCommands(builder, clock, ServeAsync).RunAsync(words);

async Task<int> ServeAsync(CommandOutput? asked)
{
    // 3  Read everything that was configured, and say all that is wrong with it at once.
    if (!Settings.Load(builder.Configuration, builder.Environment.EnvironmentName).TryGet(out var settings, out var mistakes))
    {
        Console.Error.WriteLine("ballast cannot start:");
        foreach (var mistake in mistakes)
            Console.Error.WriteLine($"  - {mistake}");
        asked?.Repeat(mistakes, ExitCode.Configuration);
        return ExitCode.Configuration;
    }

    // 4  Start the store, the exchange and the server.
    BallastServer server;
    try
    {
        server = await BallastServer.StartAsync(builder, settings, clock, CancellationToken.None, watch: PastOnConsole.Show);
    }
    catch (Exception outage) when (outage is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"ballast cannot start: {outage.Message}");
        asked?.Repeat([outage.Message], ExitCode.Unavailable);
        return ExitCode.Unavailable;
    }

    // 5  Say what is running, and run until told to stop.
    await using (server)
    {
        Console.WriteLine(asked is { Json: true } ? StartedServer.Text(server) : Banner.Text(server, clock.GetUtcNow()));
        await server.App.WaitForShutdownAsync();
    }
    return ExitCode.Success;
}
