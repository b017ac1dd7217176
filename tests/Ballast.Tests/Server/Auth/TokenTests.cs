using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Ballast.Tests.Server.Auth;

public class TokenTests(GuardedAppFixture fixture) : IClassFixture<GuardedAppFixture>
{
    private static readonly IssuerKey Attacker = new("first");
    private static readonly IssuerKey Unpublished = new("never-published");

    private static readonly Dictionary<string, Func<LoopbackIssuer, string>> Accepted = new()
    {
        ["as the scheduler sends it"] = issuer => issuer.Token(),
        ["one of several audiences is ours"] = issuer =>
            issuer.Token(c => c["aud"] = new JsonArray("https://other.test", LoopbackIssuer.Audience)),
        ["expired 30 s ago"] = issuer => issuer.Token(c => c["exp"] = issuer.SecondsFromNow(-30)),
        ["valid in 30 s"] = issuer => issuer.Token(c => c["nbf"] = issuer.SecondsFromNow(30)),
        ["e-mail in capitals"] = issuer => issuer.Token(c => c["email"] = LoopbackIssuer.ServiceAccount.ToUpperInvariant()),
        ["no key id"] = issuer => TestToken.Compose(Without(issuer.Header(), "kid"), issuer.Claims(), issuer.Current.Sign),
    };

    /// <summary>Reason, then what the token is, then the token.</summary>
    private static readonly (string Reason, string Name, Func<LoopbackIssuer, string> Forge)[] Refused =
    [
        ("wrong algorithm", "alg none", i => TestToken.ComposeUnsigned(With(i.Header(), "alg", "none"), i.Claims())),
        ("wrong algorithm", "alg none under a signature", i =>
            TestToken.Compose(With(i.Header(), "alg", "none"), i.Claims(), i.Current.Sign)),
        ("wrong algorithm", "no alg", i => TestToken.Compose(Without(i.Header(), "alg"), i.Claims(), i.Current.Sign)),
        ("wrong algorithm", "HS256 by the public key's PEM", i => Hmac(i, Encoding.UTF8.GetBytes(i.Current.Pem))),
        ("wrong algorithm", "HS256 by the public key's modulus", i => Hmac(i, i.Current.Modulus)),
        ("wrong algorithm", "RS512 by the right key", i => TestToken.Compose(With(i.Header(), "alg", "RS512"), i.Claims(),
            content => i.Current.Sign(content, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1))),
        ("wrong algorithm", "PS256 by the right key", i => TestToken.Compose(With(i.Header(), "alg", "PS256"), i.Claims(),
            content => i.Current.Sign(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pss))),
        ("wrong issuer", "wrong issuer", i => i.Token(c => c["iss"] = "https://accounts.google.com")),
        ("wrong issuer", "no issuer", i => i.Token(c => c.Remove("iss"))),
        ("wrong audience", "wrong audience", i => i.Token(c => c["aud"] = "https://other.test/tasks/runtime")),
        ("wrong audience", "audience but for a slash", i => i.Token(c => c["aud"] = LoopbackIssuer.Audience + "/")),
        ("wrong audience", "only other audiences", i => i.Token(c => c["aud"] = new JsonArray("https://a.test", "https://b.test"))),
        ("wrong audience", "no audience", i => i.Token(c => c.Remove("aud"))),
        ("expired", "expired beyond the skew", i => i.Token(c => c["exp"] = i.SecondsFromNow(-70))),
        ("expired", "expired in 1970", i => i.Token(c => c["exp"] = 0)),
        ("not yet valid", "valid only beyond the skew", i => i.Token(c => c["nbf"] = i.SecondsFromNow(70))),
        ("no expiry", "no expiry", i => i.Token(c => c.Remove("exp"))),
        ("invalid token", "expiry before it is valid", i =>
            i.Token(c => (c["nbf"], c["exp"]) = (i.SecondsFromNow(50), i.SecondsFromNow(40)))),
        ("e-mail not verified", "e-mail not verified", i => i.Token(c => c["email_verified"] = false)),
        ("e-mail not verified", "verification missing", i => i.Token(c => c.Remove("email_verified"))),
        ("e-mail not verified", "verification is the text false", i => i.Token(c => c["email_verified"] = "false")),
        ("e-mail not verified", "verification is the text true", i => i.Token(c => c["email_verified"] = "true")),
        ("e-mail not verified", "verification is 1", i => i.Token(c => c["email_verified"] = 1)),
        ("e-mail not verified", "verification both ways", i => i.Token(c => c["email_verified"] = new JsonArray(true, false))),
        ("e-mail not allowed", "e-mail not on the list", i => i.Token(c => c["email"] = "someone@else.test")),
        ("e-mail not allowed", "e-mail missing", i => i.Token(c => c.Remove("email"))),
        ("e-mail not allowed", "two e-mails", i =>
            i.Token(c => c["email"] = new JsonArray(LoopbackIssuer.ServiceAccount, "someone@else.test"))),
        ("e-mail not allowed", "the listed e-mail under another name", i => i.Token(c =>
        {
            c.Remove("email");
            c["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"] = LoopbackIssuer.ServiceAccount;
        })),
        ("wrong signature", "another key under the same id", i => i.Token(key: Attacker)),
        ("wrong signature", "another key without an id", i => TestToken.Compose(Without(i.Header(), "kid"), i.Claims(), Attacker.Sign)),
        ("wrong signature", "claims changed after signing", i => Spliced(i.Token(c => c["email"] = "someone@else.test"), i.Token())),
        ("wrong signature", "signature cut off", i => i.Token()[..(i.Token().LastIndexOf('.') + 1)]),
        ("wrong signature", "signature truncated", i => i.Token()[..^20]),
        ("unknown key", "unknown key id", i => i.Token(key: Unpublished)),
        ("unknown key", "the right key under an unknown id", i =>
            TestToken.Compose(With(i.Header(), "kid", "made-up"), i.Claims(), i.Current.Sign)),
        ("malformed token", "truncated in the claims", i => i.Token()[..(i.Token().IndexOf('.', StringComparison.Ordinal) + 20)]),
        ("malformed token", "garbage", _ => "garbage"),
        ("malformed token", "garbage in three parts", _ => "ga.rba.ge"),
        ("malformed token", "only dots", _ => ".."),
        ("malformed token", "two tokens in one header", i => $"{i.Token()},{i.Token()}"),
        ("malformed token", "two credentials in one header", i => $"{i.Token()}, Bearer {i.Token()}"),
        ("wrong signature", "more after a blank", i => $"{i.Token()} more"),
        ("not a bearer token", "nothing", _ => ""),
    ];

    public static TheoryData<string> AcceptedNames => [.. Accepted.Keys];

    public static TheoryData<string> RefusedNames => [.. Refused.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(AcceptedNames))]
    public async Task A_valid_token_lets_in(string name)
    {
        var before = fixture.App.Calls;
        var answer = await fixture.App.CallAsync(Accepted[name](fixture.Issuer));
        Assert.Equal((200, "OIDC", before + 1), (answer.Status, answer.Body, fixture.App.Calls));
    }

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public async Task A_token_with_any_flaw_is_refused_and_counted_under_its_reason(string name)
    {
        var (reason, _, forge) = Refused.Single(row => row.Name == name);
        var (calls, counted) = (fixture.App.Calls, fixture.App.Refusals.GetValueOrDefault(reason));
        var answer = await fixture.App.CallAsync(forge(fixture.Issuer));
        Assert.Equal((401, calls), (answer.Status, fixture.App.Calls));
        Assert.True(counted + 1 == fixture.App.Refusals.GetValueOrDefault(reason), $"Counted: {string.Join(", ", fixture.App.Refusals)}");
    }

    [Theory]
    [InlineData("exp", "\"tomorrow\"")]
    [InlineData("exp", "1e400")]
    [InlineData("exp", "null")]
    [InlineData("exp", "[]")]
    [InlineData("nbf", "\"tomorrow\"")]
    [InlineData("nbf", "99999999999999999999")]
    [InlineData("aud", "{}")]
    [InlineData("aud", "7")]
    [InlineData("iss", "[]")]
    [InlineData("email", "null")]
    [InlineData("email", "{}")]
    [InlineData("email_verified", "null")]
    public async Task A_well_signed_claim_of_a_senseless_type_is_refused(string claim, string json)
    {
        var marked = fixture.Issuer.Claims(c => c[claim] = "MARK").ToJsonString().Replace("\"MARK\"", json, StringComparison.Ordinal);
        var token = TestToken.Compose(fixture.Issuer.Header().ToJsonString(), marked, fixture.Issuer.Current.Sign);
        var before = fixture.App.Calls;
        var answer = await fixture.App.CallAsync(token);
        Assert.Equal((401, before), (answer.Status, fixture.App.Calls));
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("[]", "{}")]
    [InlineData("{\"alg\":\"RS256\"}", "")]
    [InlineData("{\"alg\":\"RS256\"}", "[]")]
    [InlineData("{\"alg\":\"RS256\"}", "null")]
    [InlineData("{\"alg\":\"RS256\",\"kid\":7}", "{}")]
    [InlineData("{\"alg\":[\"RS256\"]}", "{}")]
    [InlineData("{\"alg\":\"RS256\",\"alg\":\"none\"}", "{}")]
    [InlineData("{\"alg\":\"RS256\",\"kid\":\"\"}", "{\"exp\":{}}")]
    [InlineData("{\"alg\":\"RS256\"", "{\"exp\":1")]
    [InlineData("\u0000", "\u0000")]
    public async Task A_token_of_senseless_json_is_refused(string header, string claims)
    {
        var before = fixture.App.Calls;
        var answer = await fixture.App.CallAsync(TestToken.Compose(header, claims, fixture.Issuer.Current.Sign));
        Assert.Equal((401, before), (answer.Status, fixture.App.Calls));
    }

    [Theory]
    [InlineData("jku")]
    [InlineData("x5u")]
    public async Task A_key_address_inside_a_token_is_never_followed(string parameter)
    {
        await using var attackers = await LoopbackIssuer.StartAsync();
        var header = With(attackers.Header(), parameter, $"{attackers.Issuer}/jwks");
        var before = fixture.App.Calls;
        var answer = await fixture.App.CallAsync(TestToken.Compose(header, fixture.Issuer.Claims(), attackers.Current.Sign));
        Assert.Equal((401, before, 0, 0), (answer.Status, fixture.App.Calls, attackers.KeyFetches, attackers.DiscoveryFetches));
    }

    [Fact]
    public async Task A_key_inside_a_token_is_not_believed()
    {
        var header = fixture.Issuer.Header();
        header["jwk"] = Attacker.Public();
        var before = fixture.App.Calls;
        var answer = await fixture.App.CallAsync(TestToken.Compose(header, fixture.Issuer.Claims(), Attacker.Sign));
        Assert.Equal((401, before), (answer.Status, fixture.App.Calls));
    }

    private static string Hmac(LoopbackIssuer issuer, byte[] secret) =>
        TestToken.Compose(With(issuer.Header(), "alg", "HS256"), issuer.Claims(), content => HMACSHA256.HashData(secret, content));

    /// <summary>The first token's header and claims under the second one's signature.</summary>
    private static string Spliced(string content, string signature) =>
        content[..content.LastIndexOf('.')] + signature[signature.LastIndexOf('.')..];

    private static JsonObject With(JsonObject part, string name, string value)
    {
        part[name] = value;
        return part;
    }

    private static JsonObject Without(JsonObject part, string name)
    {
        part.Remove(name);
        return part;
    }
}
