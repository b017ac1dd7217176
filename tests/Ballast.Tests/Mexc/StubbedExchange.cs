using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using Ballast.Mexc;
using Microsoft.Extensions.Time.Testing;

namespace Ballast.Tests.Mexc;

/// <summary>A test with a stub exchange of its own and clients for it.</summary>
public abstract class StubbedExchange : IAsyncLifetime
{
    protected const string ApiKey = "mx0aBYs33eIilxBWC5";
    protected const string SecretKey = "45d0b3c26f2644f19bfb98b07741b2f5";

    protected static readonly Symbol Qrl = Parse("QRLUSDT");
    protected static readonly NewOrder Sell =
        new(Qrl, Side.Sell, OrderType.Limit, new Quantity(20m), null, new Price(2.5m), "ballast-1");

    private readonly List<MexcClient> clients = [];

    protected StubExchange Exchange { get; private set; } = null!;

    /// <summary>Stands still unless a test moves it.</summary>
    protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2026-01-01T12:00:00Z"));

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Exchange = await StubExchange.StartAsync();

    public async ValueTask DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        await Exchange.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static Symbol Parse(string name) =>
        Symbol.Parse(name).TryGet(out var symbol, out _) ? symbol : throw new ArgumentException(name);

    /// <summary>Repeats come at once; patience is endless unless the options say otherwise.</summary>
    protected MexcOptions Options => new()
    {
        BaseUrl = Exchange.BaseUrl,
        ApiKey = ApiKey,
        SecretKey = SecretKey,
        AttemptTimeout = TimeSpan.FromMinutes(30),
        TotalTimeout = TimeSpan.FromMinutes(50),
        RepeatDelay = TimeSpan.FromMilliseconds(1),
    };

    /// <summary>On the real clock unless given another: waits and patience pass by themselves.</summary>
    protected MexcClient Client(MexcOptions? options = null, TimeProvider? time = null, HttpMessageHandler? handler = null)
    {
        options ??= Options;
        var client = new MexcClient(options, handler ?? MexcHandler.Create(options), time ?? TimeProvider.System, new Random(1));
        clients.Add(client);
        return client;
    }

    protected static T Value<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new InvalidOperationException(failure.Reason);

    protected static Failure Refusal<T>(Result<T> result)
    {
        Assert.False(result.TryGet(out _, out var failure));
        return failure!;
    }

    /// <summary>
    /// Moves the clock in small steps until the call is done. It runs while answers travel, so a wait can be told to be long enough,
    /// not to be exact.
    /// </summary>
    protected async Task<T> Elapse<T>(Task<T> call)
    {
        while (!call.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel);
        }
        return await call;
    }
}
