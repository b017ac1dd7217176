using StackExchange.Redis;

namespace Ballast.Tests.Server;

/// <summary>
/// What native compilation could break without anybody's noticing: the embedded store reads its own command list by reflection, and Lua is a
/// library that the executable carries. Transactions, scripts and COMMAND need both.
/// </summary>
[Collection(Alone.Name)]
[Trait(FromOutside.Name, FromOutside.Value)]
public sealed class NativeExecutableTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task The_embedded_store_keeps_transactions_watches_and_scripts_and_a_kill_loses_nothing()
    {
        await using (var first = await ServerProcess.Start(directory).ReadyAsync())
        {
            await using var client = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{first.StorePort},allowAdmin=true");
            var store = client.GetDatabase();

            var transaction = store.CreateTransaction();
            transaction.AddCondition(Condition.KeyNotExists("account"));
            var sets = transaction.StringSetAsync("account", 100);
            var adds = transaction.StringIncrementAsync("account", 50);
            Assert.True(await transaction.ExecuteAsync());
            await sets;
            Assert.Equal(150, await adds);

            var late = store.CreateTransaction();
            late.AddCondition(Condition.StringEqual("account", 100));
            _ = late.StringSetAsync("account", 0);
            Assert.False(await late.ExecuteAsync());

            var moved = await store.ScriptEvaluateAsync("return redis.call('INCRBY', KEYS[1], ARGV[1])", ["account"], [7]);
            Assert.Equal(157, (int)moved);
            Assert.True((long)await store.ExecuteAsync("COMMAND", "COUNT") > 200);
            Assert.Equal("get", (string?)(await store.ExecuteAsync("COMMAND", "INFO", "GET"))[0][0], ignoreCase: true);

            // redis-cli asks for it at every start; the text itself is not shipped in the executable.
            Assert.False((await store.ExecuteAsync("COMMAND", "DOCS", "GET")).IsNull);
            first.Kill();
        }
        await using var second = await ServerProcess.Start(directory).ReadyAsync();
        await using var again = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{second.StorePort}");
        Assert.Equal(157, (int)await again.GetDatabase().StringGetAsync("account"));
    }
}
