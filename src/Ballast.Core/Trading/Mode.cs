namespace Ballast.Core.Trading;

/// <summary>How far a plan may go, from harmless to live.</summary>
public enum Mode
{
    /// <summary>Plans and records; no order can leave.</summary>
    Observe,

    /// <summary>An order waits for the owner.</summary>
    Approve,

    /// <summary>Orders leave by themselves, within the safety limits.</summary>
    Auto,
}
