using Ballast.Server.Http;
using Ballast.Server.Store;
using StackExchange.Redis;

namespace Ballast.Server.Records;

/// <summary>
/// What became of the settled orders, by their ids. An order that is settled stays as it is, so each is read once, and from then on only what was
/// added. Safe to call from several threads.
/// </summary>
internal sealed class SettledOrders(RedisConnection connection, StoreKeys keys)
{
    private const int FirstLook = 20;

    private volatile Known known = new([], "");

    public async Task<IReadOnlyDictionary<string, string>> StatesAsync()
    {
        var before = known;
        var rows = await connection.CallAsync(database => database.ListRangeAsync(keys.Orders, 0, FirstLook - 1));
        var added = Array.FindIndex(rows, row => row == before.Newest);
        if (added == 0 || rows.Length == 0)
            return before.States;
        if (added < 0 && rows.Length == FirstLook)
            rows = await connection.CallAsync(database => database.ListRangeAsync(keys.Orders));
        var states = added < 0 ? [] : new Dictionary<string, string>(before.States, StringComparer.Ordinal);
        foreach (var row in added < 0 ? rows : rows[..added])
        {
            var order = StoredValue.Must(StoredValue.Parse(row, BallastJson.Default.StoredOrder), keys.Orders).Order;
            states[order.ClientOrderId] = order.State;
        }
        known = new Known(states, rows[0]);
        return states;
    }

    /// <param name="Newest">The row that stood first when they were read.</param>
    private sealed record Known(Dictionary<string, string> States, RedisValue Newest);
}
