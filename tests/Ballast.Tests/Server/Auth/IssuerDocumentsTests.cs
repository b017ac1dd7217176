using Ballast.Server.Auth;

namespace Ballast.Tests.Server.Auth;

public class IssuerDocumentsTests
{
    [Theory]
    [InlineData("https://issuer.test", "http://issuer.test/jwks")]
    [InlineData("https://issuer.test", "http://127.0.0.1:9/jwks")]
    [InlineData("https://issuer.test", "file:///etc/hostname")]
    [InlineData("http://issuer.test", "http://issuer.test/jwks")]
    [InlineData("http://127.0.0.1:9", "http://issuer.test/jwks")]
    [InlineData("http://localhost:9", "http://localhost.issuer.test/jwks")]
    public async Task Nothing_is_read_over_http_unless_both_issuer_and_document_are_on_loopback(string issuer, string address)
    {
        using var documents = new IssuerDocuments(new Uri(issuer));
        await Assert.ThrowsAsync<InvalidDataException>(() => documents.GetDocumentAsync(address, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_document_on_loopback_is_read_for_an_issuer_on_loopback()
    {
        await using var issuer = await LoopbackIssuer.StartAsync();
        using var documents = new IssuerDocuments(new Uri(issuer.Issuer));
        var keys = await documents.GetDocumentAsync($"{issuer.Issuer}/jwks", TestContext.Current.CancellationToken);
        Assert.Contains("\"kid\":\"first\"", keys, StringComparison.Ordinal);
    }
}
