namespace Ballast.Tests.Server.Auth;

/// <summary>One issuer and one program for tests that leave both as they found them.</summary>
public sealed class GuardedAppFixture : IAsyncLifetime
{
    public LoopbackIssuer Issuer { get; private set; } = null!;

    public GuardedApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Issuer = await LoopbackIssuer.StartAsync();
        App = await GuardedApp.StartAsync(Issuer);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
