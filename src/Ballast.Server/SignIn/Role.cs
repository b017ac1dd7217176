namespace Ballast.Server.SignIn;

/// <summary>What somebody who has proved who they are may do.</summary>
public enum Role
{
    /// <summary>Look, and change nothing.</summary>
    Reader,

    /// <summary>Everything.</summary>
    Operator,
}
