namespace Ballast.Tests.Server.Store;

public sealed class MemoryStoreTests : StoreSuite
{
    protected override Portfolio NewPortfolio() => new MemoryPortfolio { Symbol = Sample.NewSymbol() };
}
