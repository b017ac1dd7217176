namespace Ballast.Server.SignIn;

/// <summary>Whether the caller is signed in, and how to.</summary>
/// <param name="SignIn"><c>password</c>, <c>link</c> or <c>off</c>: how somebody who is not signed in can be; absent for who is.</param>
/// <param name="Role"><c>operator</c> or <c>reader</c>.</param>
/// <param name="Csrf">What a change has to carry in the header X-CSRF-Token; absent for a caller with a bearer token, who needs none.</param>
/// <param name="Expires">When the session ends if nothing more is called.</param>
public sealed record SessionAnswer(
    bool SignedIn, string? SignIn = null, Role? Role = null, string? Csrf = null, DateTime? Expires = null, DateTime? Since = null);

/// <summary>Who is signed in, most recently seen first.</summary>
public sealed record SessionsAnswer(IReadOnlyList<SessionRow> Items);

/// <param name="LastSeen">To a minute.</param>
/// <param name="Address">From where they signed in.</param>
/// <param name="SignedInBy"><c>password</c> or <c>link</c>.</param>
/// <param name="Current">Whether it is the caller's own.</param>
public sealed record SessionRow(Role Role, DateTime Since, DateTime LastSeen, DateTime Expires, string Address, string SignedInBy, bool Current);

public sealed record SignInRequest(string Password);

/// <summary>What a command of the operator's did.</summary>
/// <param name="Done"><c>password_set</c>, <c>password_removed</c>, <c>signed_out</c>, <c>hashed</c> or <c>link</c>.</param>
/// <param name="SignedOut">How many sessions it ended.</param>
/// <param name="Hash">For Ballast:Operator:PasswordHash.</param>
/// <param name="Link">Signs in once, for 15 minutes.</param>
public sealed record OperatorAnswer(string Done, Role? Role = null, int? SignedOut = null, string? Hash = null, string? Link = null);
