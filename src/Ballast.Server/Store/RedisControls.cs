using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Notices;
using StackExchange.Redis;

namespace Ballast.Server.Store;

/// <summary>
/// What an owner sets beside the ticks: halt, mode, approval, settings. None of it waits for a lease, least of all a halt; each is written
/// together with its line in the journal. Throws <see cref="StoreUnavailableException"/> when the store cannot be reached.
/// </summary>
/// <param name="news">Tells of what is set; null where nobody is notified.</param>
public sealed class RedisControls(RedisConnection connection, StoreKeys keys, ControlNews? news = null)
{
    public Task HaltAsync(Halt halt, DateTimeOffset now) => WriteAsync(
        new StoredChange("halt", "halted", halt.By, halt.Reason), now,
        write => [write.KeyDeleteAsync(keys.Halt), write.HashSetAsync(keys.Halt, RedisTrading.Fields(halt))], tell: told => told.Halted(halt, now));

    public Task ResumeAsync(string by, string reason, DateTimeOffset now) =>
        WriteAsync(new StoredChange("resume", "going", by, reason), now, write => [write.KeyDeleteAsync(keys.Halt)], tell: told => told.Resumed(by, reason, now));

    public Task SetModeAsync(ModeChange mode, DateTimeOffset now) => WriteAsync(
        new StoredChange("mode", Tasks.TaskAnswer.Lower(mode.Mode), mode.By, mode.Reason), now,
        write => [write.KeyDeleteAsync(keys.Mode), write.HashSetAsync(keys.Mode, RedisTrading.Fields(mode))], tell: told => told.ModeSet(mode, now));

    /// <summary>False when the proposal is not there any more: then nothing is approved.</summary>
    public Task<bool> ApproveAsync(Proposal proposal, string by, DateTimeOffset now) => WriteAsync(
        new StoredChange("approval", "approved", by, proposal.Tick), now,
        write => [write.HashSetAsync(keys.Proposal, "approved_by", by)], Condition.HashEqual(keys.Proposal, "tick", proposal.Tick), told => told.Decided(proposal, "approved", by, now));

    /// <summary>False when the proposal is not there any more.</summary>
    public Task<bool> RejectAsync(Proposal proposal, string by, string reason, DateTimeOffset now) => WriteAsync(
        new StoredChange("approval", "rejected", by, $"{proposal.Tick}: {reason}"), now,
        write => [write.KeyDeleteAsync(keys.Proposal)], Condition.HashEqual(keys.Proposal, "tick", proposal.Tick), told => told.Decided(proposal, "rejected", by, now));

    /// <param name="settings">All of them, as they are to be from now on.</param>
    public Task SetSettingsAsync(IReadOnlyDictionary<string, string> settings, string by, DateTimeOffset now) => WriteAsync(
        new StoredChange("settings", settings.Count == 0 ? "as configured" : string.Join(' ', settings.OrderBy(setting => setting.Key, StringComparer.Ordinal)
            .Select(setting => $"{setting.Key}={setting.Value}")), by), now,
        write => settings.Count == 0
            ? [write.KeyDeleteAsync(keys.Settings)]
            : [write.KeyDeleteAsync(keys.Settings), write.HashSetAsync(keys.Settings, [.. settings.Select(setting => new HashEntry(setting.Key, setting.Value))])]);

    private async Task<bool> WriteAsync(
        StoredChange change, DateTimeOffset now, Func<ITransaction, Task[]> fill, Condition? condition = null, Func<ControlNews, News>? tell = null)
    {
        var told = news is not null && tell is not null && await news.IsHeardAsync() ? tell(news) : null;
        return await connection.TransactAsync(async database =>
        {
            var write = database.CreateTransaction();
            if (condition is not null)
                write.AddCondition(condition);
            List<Task> done = [.. fill(write), write.ListRightPushAsync(keys.Journal, new StoredJournalLine(now.UtcDateTime, Change: change).ToJson())];
            if (told is not null)
                done.AddRange(news!.Write(write, told));
            if (!await write.ExecuteAsync())
                return false;
            await Task.WhenAll(done);
            return true;
        });
    }
}
