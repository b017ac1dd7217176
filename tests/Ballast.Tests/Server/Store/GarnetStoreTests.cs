namespace Ballast.Tests.Server.Store;

public sealed class GarnetStoreTests(GarnetFixture garnet) : RespStoreSuite(garnet), IClassFixture<GarnetFixture>;
