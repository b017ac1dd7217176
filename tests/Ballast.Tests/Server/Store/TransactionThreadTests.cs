using Ballast.Server.Store;
using Microsoft.Extensions.Time.Testing;

namespace Ballast.Tests.Server.Store;

public sealed class TransactionThreadTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1500);

    private readonly FakeTimeProvider clock = new();
    private readonly TaskCompletionSource blocking = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim answered = new();
    private readonly TransactionThread thread;

    public TransactionThreadTests() => thread = new TransactionThread(clock);

    public void Dispose()
    {
        answered.Set();
        thread.Dispose();
    }

    [Fact]
    public async Task What_waited_until_its_caller_gave_up_is_not_begun_any_more()
    {
        var begun = new List<string>();
        var silent = thread.BeginAsync(() => Blocked(begun, "silent"), Patience);
        await blocking.Task;
        var late = thread.BeginAsync(() => Begin(begun, "late"), Patience);
        clock.Advance(Patience);
        var next = thread.BeginAsync(() => Begin(begun, "next"), Patience);
        answered.Set();

        Assert.Equal("silent", await silent);
        await Assert.ThrowsAsync<TimeoutException>(() => late);
        Assert.Equal("next", await next);
        Assert.Equal(["silent", "next"], begun);
    }

    [Fact]
    public async Task While_one_blocks_the_caller_of_the_next_goes_on()
    {
        var silent = thread.BeginAsync(() => Blocked([], "silent"), Patience);
        var next = thread.BeginAsync(() => Begin([], "next"), Patience);
        Assert.False(silent.IsCompleted || next.IsCompleted);
        answered.Set();
        Assert.Equal(["silent", "next"], await Task.WhenAll(silent, next));
    }

    [Fact]
    public async Task One_that_fails_at_once_does_not_keep_the_next_from_being_begun()
    {
        await Assert.ThrowsAsync<ArithmeticException>(() => thread.BeginAsync<string>(() => throw new ArithmeticException(), Patience));
        Assert.Equal("next", await thread.BeginAsync(() => Begin([], "next"), Patience));
    }

    [Fact]
    public async Task Nothing_is_begun_after_the_end()
    {
        thread.Dispose();
        thread.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => thread.BeginAsync(() => Begin([], "after"), Patience));
    }

    private Task<string> Blocked(List<string> begun, string name)
    {
        blocking.SetResult();
        answered.Wait();
        return Begin(begun, name);
    }

    private static Task<string> Begin(List<string> begun, string name)
    {
        begun.Add(name);
        return Task.FromResult(name);
    }
}
