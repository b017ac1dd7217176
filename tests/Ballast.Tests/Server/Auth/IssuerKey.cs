using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Ballast.Tests.Server.Auth;

/// <summary>An RSA key pair under an id (<c>kid</c>); two may claim the same.</summary>
public sealed class IssuerKey
{
    private readonly string id;
    private readonly RSA rsa;

    public IssuerKey(string id)
        : this(id, RSA.Create(2048))
    {
    }

    private IssuerKey(string id, RSA rsa) => (this.id, this.rsa) = (id, rsa);

    public string Id => id;

    public byte[] Modulus => rsa.ExportParameters(false).Modulus!;

    /// <summary>The public key as anyone would save it.</summary>
    public string Pem => rsa.ExportSubjectPublicKeyInfoPem();

    /// <summary>RS256.</summary>
    public byte[] Sign(byte[] content) => Sign(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public byte[] Sign(byte[] content, HashAlgorithmName hash, RSASignaturePadding padding) => rsa.SignData(content, hash, padding);

    /// <summary>The same key pair under another id.</summary>
    public IssuerKey Under(string otherId) => new(otherId, rsa);

    /// <summary>The entry of the key set.</summary>
    public JsonObject Public() => new()
    {
        ["kty"] = "RSA",
        ["use"] = "sig",
        ["alg"] = "RS256",
        ["kid"] = id,
        ["n"] = Base64Url.EncodeToString(Modulus),
        ["e"] = Base64Url.EncodeToString(rsa.ExportParameters(false).Exponent!),
    };
}
