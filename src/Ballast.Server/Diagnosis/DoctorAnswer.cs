using System.Text.Json.Serialization;

namespace Ballast.Server.Diagnosis;

/// <summary>What the doctor found, in the order in which an owner needs it.</summary>
public sealed record DoctorAnswer(DateTime RanAt, IReadOnlyList<DoctorLine> Lines, DoctorSummary Summary);

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">Stable, with underscores: <c>last_tick</c>. Of <c>configuration</c> there is one line for each mistake.</param>
/// <param name="Status"><c>pass</c>, <c>warn</c>, <c>fail</c>, or <c>skipped</c>: not applicable, or not to be known.</param>
/// <param name="Says">What is the case, in figures; without secrets.</param>
/// <param name="Fix">What to do: a setting, a command, an address. Absent where nothing is to be done.</param>
/// <param name="Ms">How long the answer took to come; absent where nobody was asked.</param>
public sealed record DoctorLine(string Name, string Status, string Says, string? Fix = null, long? Ms = null);

public sealed record DoctorSummary(int Pass, int Warn, int Fail);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DoctorAnswer))]
public sealed partial class DoctorJson : JsonSerializerContext;
