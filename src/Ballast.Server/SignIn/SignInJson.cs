using System.Text.Json.Serialization;

namespace Ballast.Server.SignIn;

/// <summary>The JSON of signing in, compiled ahead: snake_case, absent instead of null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(SessionsAnswer))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(OperatorAnswer))]
internal sealed partial class SignInJson : JsonSerializerContext;
