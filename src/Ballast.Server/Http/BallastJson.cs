using System.Text.Json.Serialization;
using Ballast.Server.Books;
using Ballast.Server.Health;
using Ballast.Server.Store;
using Ballast.Server.Tasks;
using Ballast.Server.Trading;

namespace Ballast.Server.Http;

/// <summary>
/// All JSON the server writes and reads, compiled ahead: snake_case, absent instead of null. What is read must be whole: a missing number
/// would otherwise be a zero.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TaskAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(BooksAnswer))]
[JsonSerializable(typeof(AuditAnswer))]
[JsonSerializable(typeof(ProfitAnswer))]
[JsonSerializable(typeof(ResolveRequest))]
[JsonSerializable(typeof(TradingAnswer))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(ModeRequest))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(StoredPlan))]
[JsonSerializable(typeof(StoredTrade))]
[JsonSerializable(typeof(StoredMovement))]
[JsonSerializable(typeof(StoredJournalLine))]
[JsonSerializable(typeof(StoredPoint))]
[JsonSerializable(typeof(StoredOrder))]
[JsonSerializable(typeof(StoredRules))]
public sealed partial class BallastJson : JsonSerializerContext;
