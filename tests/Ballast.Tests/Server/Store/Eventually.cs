using Ballast.Core.Ticks;

namespace Ballast.Tests.Server.Store;

/// <summary>Waits for what must come true, and fails when it does not in time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan patience, string otherwise)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < patience, $"after {patience.TotalSeconds} s {otherwise}");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Calls the store until it is there.</summary>
    public static Task ReachableAsync(IStore store, TimeSpan patience) =>
        TrueAsync(async () => await OutageAsync(store.ReadAsync) is null, patience, "the store was not back");

    /// <summary>The outage that a call met; null when it met none.</summary>
    public static async Task<StoreUnavailableException?> OutageAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (StoreUnavailableException outage)
        {
            return outage;
        }
    }
}
