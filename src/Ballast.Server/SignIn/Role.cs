using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ballast.Server.SignIn;

/// <summary>What somebody who has proved who they are may do.</summary>
[JsonConverter(typeof(RoleConverter))]
public enum Role
{
    /// <summary>Look, and change nothing.</summary>
    Reader,

    /// <summary>Everything.</summary>
    Operator,
}

/// <summary><c>reader</c> and <c>operator</c>.</summary>
public sealed class RoleConverter() : JsonStringEnumConverter<Role>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
