using Ballast.Core;
using Ballast.Core.Ticks;

namespace Ballast.Server.Diagnosis;

/// <summary>An answer, and how long it took to come.</summary>
/// <param name="Ms">Null where nobody was asked.</param>
internal sealed record Measured<T>(Result<T> Result, long? Ms)
{
    public static readonly Measured<T> NotAsked = new(Failure.Unavailable("it was not asked"), null);

    public T? ValueOr(T? otherwise) => Result.TryGet(out var value, out _) ? value : otherwise;
}

/// <summary>Asks one question within its own time; what goes wrong with it is an answer, too.</summary>
internal sealed class Asking(TimeProvider clock, CancellationToken cancel)
{
    /// <summary>For an exchange that is far away, with a repetition or two.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    public async Task<Measured<T>> AskAsync<T>(Func<CancellationToken, Task<Result<T>>> ask)
    {
        var began = clock.GetTimestamp();
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var result = await AnswerAsync(ask, either.Token, limit.Token);
        return new Measured<T>(result, (long)clock.GetElapsedTime(began).TotalMilliseconds);
    }

    private static async Task<Result<T>> AnswerAsync<T>(Func<CancellationToken, Task<Result<T>>> ask, CancellationToken either, CancellationToken limit)
    {
        try
        {
            return await ask(either);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Failure.Unavailable($"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (StoreUnavailableException outage)
        {
            return Failure.Unavailable(outage.Message);
        }
    }
}
