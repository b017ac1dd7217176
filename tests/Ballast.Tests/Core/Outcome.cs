using Ballast.Core;

namespace Ballast.Tests.Core;

/// <summary>Takes a result apart where a test has no use for the other half.</summary>
internal static class Outcome
{
    public static T Must<T>(this Result<T> result)
    {
        Assert.True(result.TryGet(out var value, out var failure), failure?.Reason);
        return value!;
    }

    public static Failure MustFail<T>(this Result<T> result)
    {
        Assert.False(result.TryGet(out var value, out var failure), $"there is a value: {value}");
        return failure!;
    }
}
