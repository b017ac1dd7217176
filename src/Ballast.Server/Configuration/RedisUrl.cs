using System.Globalization;
using System.Net;
using Ballast.Core;

namespace Ballast.Server.Configuration;

/// <summary>
/// Where a Redis or Valkey server is and how to log in there: <c>redis[s]://[[user]:password@]host[:port][/database]</c>, the database
/// also as <c>?db=2</c>. The password appears neither in <see cref="ToString"/> nor in a refusal.
/// </summary>
/// <param name="Host">Name or address; an IPv6 address without its brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Tls">True for <c>rediss://</c>.</param>
/// <param name="User">Null for the server's default user.</param>
/// <param name="Password">Null where the server asks for none.</param>
/// <param name="Database">From 0.</param>
public sealed record RedisUrl(string Host, int Port, bool Tls, string? User, string? Password, int Database)
{
    private const int UsualPort = 6379;
    private const string Example = "redis://:password@host:6379/0 (rediss:// for TLS)";

    /// <summary>
    /// Reads a URL. No refusal repeats any part of it: an unencoded character can turn a piece of the password into what looks like
    /// a port, a path or a parameter.
    /// </summary>
    public static Result<RedisUrl> Parse(string text)
    {
        var url = text.Trim();
        if (url.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
            return Refused("it has a space or a line break in it; percent-encode it (%20) or remove it");
        if (!url.Contains("://", StringComparison.Ordinal))
            return Refused($"it does not begin with redis:// or rediss://; write {Example}");
        var scheme = url[..url.IndexOf("://", StringComparison.Ordinal)].ToLowerInvariant();
        if (scheme is not ("redis" or "rediss"))
            return Refused($"it begins with another scheme than redis:// or rediss://; write {Example}");

        var rest = url[(scheme.Length + 3)..];
        var end = rest.AsSpan().IndexOfAny('/', '?', '#') is var found and >= 0 ? found : rest.Length;
        if (rest[end..].Contains('@', StringComparison.Ordinal))
            return Refused("the user or the password has a / ? or # in it; percent-encode them: %2F, %3F, %23");

        var at = rest.LastIndexOf('@');
        if (!Login(at < 0 ? "" : rest[..at]).TryGet(out var login, out var failure)
            || !Endpoint(rest[(at + 1)..end]).TryGet(out var endpoint, out failure)
            || !DatabaseIn(rest[end..]).TryGet(out var database, out failure))
            return failure;
        return new RedisUrl(endpoint.Host, endpoint.Port, scheme == "rediss", login.User, login.Password, database);
    }

    public override string ToString()
    {
        var user = User is null ? "" : Uri.EscapeDataString(User);
        var login = Password is null ? "" : $"{user}:***@";
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return string.Create(CultureInfo.InvariantCulture, $"{(Tls ? "rediss" : "redis")}://{login}{host}:{Port}/{Database}");
    }

    /// <summary>Nothing, or user and password, or a password alone. A user alone may be a password without its colon.</summary>
    private static Result<(string? User, string? Password)> Login(string text)
    {
        if (text is "" or ":")
            return (User: null, Password: null);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || colon == text.Length - 1)
            return Refused("there is a user without a password before the @; write user:password@ or :password@");
        if (!Decoded(text[..colon]).TryGet(out var user, out var failure)
            || !Decoded(text[(colon + 1)..]).TryGet(out var password, out failure))
            return failure;
        return (user.Length == 0 ? null : user, password);
    }

    private static Result<string> Decoded(string text)
    {
        for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
                return Refused("the user or the password has a % that encodes nothing; write a plain per cent sign as %25");
        }
        return Uri.UnescapeDataString(text);
    }

    private static Result<(string Host, int Port)> Endpoint(string text)
    {
        var bracketed = text.StartsWith('[') && text.Contains(']', StringComparison.Ordinal);
        var hostEnd = bracketed ? text.IndexOf(']', StringComparison.Ordinal) + 1
            : text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? colon : text.Length;
        if (!bracketed && text.Count(letter => letter == ':') > 1)
            return Refused("the host looks like an IPv6 address; write it in brackets, such as redis://[::1]:6379");
        var host = bracketed ? text[1..(hostEnd - 1)] : text[..hostEnd];
        if (bracketed ? !IPAddress.TryParse(host, out _) : host.Length == 0 || !host.All(IsHostLetter))
            return Refused($"the host is missing or is not one name or address; write {Example}");
        return PortIn(text[hostEnd..]).TryGet(out var port, out var failure) ? (host, port) : failure;
    }

    private static bool IsHostLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_';

    private static Result<int> PortIn(string text) =>
        text.Length == 0 ? UsualPort
        : text[0] == ':' && Number(text[1..]) is { } port and > 0 and <= 65535 ? port
        : Refused("the port is not a number from 1 to 65535; write one such as 6379, or none");

    /// <summary>From the path, from <c>?db=</c>, or 0; both only when they agree.</summary>
    private static Result<int> DatabaseIn(string text)
    {
        if (text.Contains('#', StringComparison.Ordinal))
            return Refused("there is a # at the end; remove it and what follows");
        var mark = text.IndexOf('?', StringComparison.Ordinal);
        var path = (mark < 0 ? text : text[..mark]).Trim('/');
        var parameters = mark < 0 ? [] : text[(mark + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries);
        if (parameters.Any(parameter => !parameter.StartsWith("db=", StringComparison.Ordinal)))
            return Refused("the only parameter understood after the ? is db, such as ?db=2; remove the others");

        var named = parameters.Select(parameter => parameter[3..]).Concat(path.Length > 0 ? [path] : []).Distinct().ToArray();
        return named.Length == 0 ? 0
            : named.Length == 1 && Number(named[0]) is { } database ? database
            : Refused("the database is not one number from 0; write it once, such as /2");
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Failure Refused(string reason) => Failure.BadData($"not a Redis URL: {reason}");
}
