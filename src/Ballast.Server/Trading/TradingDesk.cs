using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Store;

namespace Ballast.Server.Trading;

/// <summary>
/// What an owner does about orders: look, halt, resume, change the mode, approve, change settings. Everything is journalled with who and why.
/// Throws <see cref="StoreUnavailableException"/> when the store cannot be reached.
/// </summary>
/// <param name="configured">The most that the configuration allows; null where it is not known, and then a tick sees to it.</param>
/// <param name="policy">The configured policy, which settings are laid over; null where it is not known.</param>
/// <param name="deliver">Delivers what is told of it at once; null where that is left to the next tick.</param>
public sealed class TradingDesk(IStore store, RedisControls controls, TimeProvider clock, Mode? configured, Policy? policy, Func<Task>? deliver = null)
{
    private const int LongestReason = 500;

    public async Task<Result<TradingAnswer>> ShowAsync()
    {
        var state = await store.ReadAsync();
        return state.Trading.TryGet(out var trading, out var failure) ? TradingAnswer.From(trading, configured, state.Settings) : failure;
    }

    /// <summary>Tells nobody: whoever calls has orders to cancel first, and then calls <see cref="DeliverAsync"/>.</summary>
    public async Task<Result<TradingAnswer>> HaltAsync(string reason, string by)
    {
        if (Unfit(reason) is { } unfit)
            return unfit;
        var now = clock.GetUtcNow();
        await controls.HaltAsync(new Halt(now, by, reason.Trim()), now);
        return await ShowAsync();
    }

    public async Task<Result<TradingAnswer>> ResumeAsync(string reason, string by)
    {
        if (Unfit(reason) is { } unfit)
            return unfit;
        await controls.ResumeAsync(by, reason.Trim(), clock.GetUtcNow());
        return await ToldAsync();
    }

    public async Task<Result<TradingAnswer>> SetModeAsync(string mode, string reason, string by)
    {
        Mode? wanted = mode switch { "observe" => Mode.Observe, "approve" => Mode.Approve, "auto" => Mode.Auto, _ => null };
        if (wanted is not { } set)
            return Failure.BadData($"'{mode}' is not a mode; write observe, approve or auto");
        if (Unfit(reason) is { } unfit)
            return unfit;
        if (set > configured)
            return Failure.BadData($"the configuration allows {configured.ToString()!.ToLowerInvariant()} at most; set Ballast__Mode={mode} with its limits and start again");
        var now = clock.GetUtcNow();
        await controls.SetModeAsync(new ModeChange(set, now, by, reason.Trim()), now);
        return await ToldAsync();
    }

    /// <summary>The next run carries the order out, if the market is still where it was.</summary>
    /// <param name="meant">Whether the proposal that waits is the one that is approved; null approves whichever it is.</param>
    public async Task<Result<TradingAnswer>> ApproveAsync(string by, Func<Proposal, bool>? meant = null)
    {
        if (!(await ProposalAsync(meant)).TryGet(out var proposal, out var failure))
            return failure;
        return await controls.ApproveAsync(proposal, by, clock.GetUtcNow()) ? await ShowAsync() : Gone;
    }

    public async Task<Result<TradingAnswer>> RejectAsync(string reason, string by, Func<Proposal, bool>? meant = null)
    {
        if (Unfit(reason) is { } unfit)
            return unfit;
        if (!(await ProposalAsync(meant)).TryGet(out var proposal, out var failure))
            return failure;
        return await controls.RejectAsync(proposal, by, reason.Trim(), clock.GetUtcNow()) ? await ToldAsync() : Gone;
    }

    /// <summary>Replaces all run-time settings; an empty set goes back to the configuration. They are checked together, and count from the next tick.</summary>
    public async Task<Result<TradingAnswer>> SetSettingsAsync(IReadOnlyDictionary<string, string> settings, string by)
    {
        if (!(policy ?? Policy.Default).With(settings).TryGet(out _, out var failure))
            return failure;
        await controls.SetSettingsAsync(settings, by, clock.GetUtcNow());
        return await ShowAsync();
    }

    private static Failure Gone => Failure.BadData("the proposal is not there any more; a newer tick has taken its place");

    /// <summary>An approval is not waited for here: the tick that carries it out delivers it with what came of it.</summary>
    private async Task<Result<TradingAnswer>> ToldAsync()
    {
        await DeliverAsync();
        return await ShowAsync();
    }

    /// <summary>Delivers what there is to tell, where somebody is notified; never fails.</summary>
    public Task DeliverAsync() => deliver?.Invoke() ?? Task.CompletedTask;

    private async Task<Result<Proposal>> ProposalAsync(Func<Proposal, bool>? meant) =>
        !(await store.ReadAsync()).Trading.TryGet(out var trading, out var failure) ? failure
        : trading.Proposal is not { } proposal ? Failure.BadData("no order waits for approval")
        : meant?.Invoke(proposal) == false ? Gone
        : proposal.Expires <= clock.GetUtcNow() ? Failure.BadData("the proposal has expired; the next tick makes a new one")
        : proposal;

    private static Failure? Unfit(string reason) => string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason || reason.Any(char.IsControl)
        ? Failure.BadData($"the reason must be one line of 1 to {LongestReason} characters") : null;
}
