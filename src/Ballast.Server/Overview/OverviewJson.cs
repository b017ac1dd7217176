using System.Text.Json.Serialization;
using Ballast.Server.Events;
using Ballast.Server.Paper;
using Ballast.Server.Records;
using Ballast.Server.Store;
using Ballast.Server.Tuning;

namespace Ballast.Server.Overview;

/// <summary>The JSON of what is looked at, compiled ahead; described only, because the second way to write it would make the program larger.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(OverviewAnswer))]
[JsonSerializable(typeof(AnswerStatus))]
[JsonSerializable(typeof(StoredPoint))]
[JsonSerializable(typeof(RecordedTick))]
[JsonSerializable(typeof(TickRowsAnswer))]
[JsonSerializable(typeof(TickDetailAnswer))]
[JsonSerializable(typeof(OrdersAnswer))]
[JsonSerializable(typeof(JournalAnswer))]
[JsonSerializable(typeof(TradesAnswer))]
[JsonSerializable(typeof(EquityAnswer))]
[JsonSerializable(typeof(FailedTicksAnswer))]
[JsonSerializable(typeof(LatencyAnswer))]
[JsonSerializable(typeof(SettingsAnswer))]
[JsonSerializable(typeof(PreviewRequest))]
[JsonSerializable(typeof(PreviewAnswer))]
[JsonSerializable(typeof(FaultsAnswer))]
[JsonSerializable(typeof(NewFault))]
[JsonSerializable(typeof(ChangeEvent))]
internal sealed partial class OverviewJson : JsonSerializerContext;
