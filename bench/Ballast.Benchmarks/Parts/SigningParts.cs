using Ballast.Mexc;
using BenchmarkDotNet.Attributes;

namespace Ballast.Benchmarks.Parts;

/// <summary>What precedes every question about the account.</summary>
public class SigningParts
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly MexcSigner signer = new("45d0b3c26f2644f19bfb98b07741b2f5");

    [Benchmark(Description = "HMAC-SHA256 of 100 letters")]
    public string Signature() => signer.Sign("symbol=QRLUSDT&startTime=1767178800000&endTime=1767268800000&limit=1000&recvWindow=5000&timestamp=1");

    [Benchmark(Description = "signed query of the account")]
    public string Account() => RequestQuery.Empty.Signed(signer, Window, TradeSeries.Noon).Text;

    [Benchmark(Description = "signed query of the trades")]
    public string Trades() => RequestQuery.Empty
        .And("symbol", "QRLUSDT")
        .And("startTime", TradeSeries.Noon.AddHours(-25).ToUnixTimeMilliseconds())
        .And("endTime", TradeSeries.Noon.ToUnixTimeMilliseconds())
        .And("limit", 1000)
        .Signed(signer, Window, TradeSeries.Noon)
        .Text;
}
