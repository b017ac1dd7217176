namespace Ballast.Tests.Server.Store;

[Trait(FromOutside.Name, FromOutside.Value)]
public sealed class GarnetStoreTests(GarnetFixture garnet) : RespStoreSuite(garnet), IClassFixture<GarnetFixture>;
