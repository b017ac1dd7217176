namespace Ballast.Core.Trading;

/// <summary>The kill switch, as long as it is there.</summary>
/// <param name="Since">Null when whoever set it did not say.</param>
public sealed record Halt(DateTimeOffset? Since, string By, string Reason);

/// <summary>A mode that was set while the program ran. It can lower the configured one and never raise it.</summary>
public sealed record ModeChange(Mode Mode, DateTimeOffset At, string By, string Reason);

/// <summary>An order that waits for its owner, until the next tick.</summary>
/// <param name="Tick">The tick that proposed it; its order's id follows from it.</param>
/// <param name="ApprovedBy">Null as long as nobody has.</param>
public sealed record Proposal(
    string Tick, Books.Side Side, Quantity Quantity, Price Price, DateTimeOffset At, DateTimeOffset Expires, string? ApprovedBy = null);
