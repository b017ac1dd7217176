using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Mexc;
using Ballast.Mexc.Wire;
using Ballast.Server.Http;
using Ballast.Server.Tasks;
using BenchmarkDotNet.Attributes;

namespace Ballast.Benchmarks.Parts;

/// <summary>From the exchange's bytes to what a tick works with, and from what a tick found to the bytes of its answer.</summary>
public class JsonParts
{
    private readonly Symbol symbol = TradeSeries.Rules.Symbol;
    private readonly byte[] day = WirePages.Trades(96);
    private readonly ForeignText foreign = new(new MexcOptions { BaseUrl = new Uri("http://127.0.0.1"), ApiKey = "", SecretKey = "" });
    private TaskAnswer? answer;

    [GlobalSetup]
    public async Task TickAsync() => answer = TaskAnswer.From(await SteadyBooks.ReportAsync());

    [Benchmark(Description = "read the account")]
    public Result<Balances> Account() => WireAccount.Read(Parsed(WirePages.Account), foreign);

    [Benchmark(Description = "read the last price")]
    public Result<Price> LastPrice() => WireTicker.ReadLast(Parsed(WirePages.LastPrice), symbol);

    [Benchmark(Description = "read the best prices")]
    public Result<BestPrices> BestPrices() => WireTicker.ReadBest(Parsed(WirePages.BestPrices), symbol);

    [Benchmark(Description = "read 96 trades")]
    public Result<IReadOnlyList<Trade>> Trades() => WireTrade.Read(Parsed(day), symbol, foreign);

    [Benchmark(Description = "write the answer")]
    public byte[] Answer() => JsonSerializer.SerializeToUtf8Bytes(answer!, BallastJson.Default.TaskAnswer);

    private static JsonElement Parsed(byte[] body) => JsonText.Parse(body)!.Value;
}
