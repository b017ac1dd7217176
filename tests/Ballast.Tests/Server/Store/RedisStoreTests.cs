namespace Ballast.Tests.Server.Store;

public sealed class RedisStoreTests : RespStoreSuite, IClassFixture<RedisFixture>
{
    public RedisStoreTests(RedisFixture redis)
        : base(redis) => Needs.RedisServer();
}
