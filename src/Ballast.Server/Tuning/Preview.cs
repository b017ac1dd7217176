using Ballast.Core.Planning;
using Ballast.Core.Ticks;

namespace Ballast.Server.Tuning;

/// <summary>
/// What other run-time settings would do, before they are saved: to the newest plan, and to each tick of the last 30 days. Throws
/// <see cref="StoreUnavailableException"/> when the store cannot be reached.
/// </summary>
/// <param name="configured">The policy that settings are laid over.</param>
public sealed class Preview(Policy configured)
{
    public Task<PreviewAnswer> OfAsync(IReadOnlyDictionary<string, string> settings) => Task.FromResult(
        configured.With(settings).TryGet(out _, out var failure) ? new PreviewAnswer(true, null, null, null) : new PreviewAnswer(false, failure.Reason, null, null));
}
