namespace Ballast.Server.Tuning;

/// <param name="Items">In the order in which they are to be shown.</param>
/// <param name="Runtime">What is laid over the configuration, by name.</param>
public sealed record SettingsAnswer(IReadOnlyList<SettingAnswer> Items, IReadOnlyDictionary<string, string> Runtime);

/// <summary>A setting as it counts now. Never a secret.</summary>
/// <param name="Name">As a run-time setting is called; snake_case.</param>
/// <param name="Key">As it is called in the configuration.</param>
/// <param name="Group"><c>policy</c>, <c>safety</c>, <c>mode</c>, <c>schedule</c>, <c>store</c> or <c>paper</c>.</param>
/// <param name="Value">As it would be written; ratios as fractions of 1. Absent when it is not set and has no default.</param>
/// <param name="Default">Absent when there is none.</param>
/// <param name="Configured">What the configuration says where something is laid over it; absent elsewhere.</param>
/// <param name="Source"><c>default</c>, <c>configuration</c> or <c>runtime</c>.</param>
/// <param name="Changeable">Whether PUT /api/v1/settings takes it; everything else changes with a new start.</param>
/// <param name="Kind"><c>ratio</c>, <c>amount</c>, <c>choice</c>, <c>integer</c>, <c>boolean</c> or <c>text</c>.</param>
/// <param name="Choices">Absent unless it is a choice.</param>
/// <param name="Unit">An asset, <c>minutes</c> or the like; absent when there is none.</param>
public sealed record SettingAnswer(
    string Name,
    string Key,
    string Group,
    string? Value,
    string? Default,
    string? Configured,
    string Source,
    bool Changeable,
    string Kind,
    IReadOnlyList<string>? Choices,
    string? Unit,
    string Description);

/// <param name="Settings">All run-time settings as they would be; an empty set is the configuration.</param>
public sealed record PreviewRequest(IReadOnlyDictionary<string, string> Settings);

/// <param name="Valid">False when the settings would be refused; nothing else but <paramref name="Error"/> is there then.</param>
/// <param name="Latest">What the newest plan would have been; absent before the first.</param>
/// <param name="Month">What the recorded ticks of the last 30 days would have been; absent when there are none.</param>
public sealed record PreviewAnswer(bool Valid, string? Error, LatestPreview? Latest, MonthPreview? Month);

/// <param name="Before">With the settings as they are now.</param>
public sealed record LatestPreview(DecisionPreview Before, DecisionPreview After);

/// <param name="Action"><c>HOLD</c>, <c>BUY</c> or <c>SELL</c>.</param>
public sealed record DecisionPreview(string Action, decimal Quantity, decimal NotionalUsdt, string Reason, decimal Deviation);

/// <param name="Ticks">Rows of the history that were looked at.</param>
/// <param name="WithoutPlan">Of them, those that had no plan, or lack its numbers.</param>
/// <param name="Changed">Decisions that would have been others.</param>
/// <param name="Before">As it was recorded.</param>
/// <param name="Note">What these numbers mean, and what they do not.</param>
public sealed record MonthPreview(int Ticks, int WithoutPlan, int Changed, DateTime From, DateTime To, TotalsPreview Before, TotalsPreview After, string Note);

/// <param name="Turnover">In quote, at the recorded prices.</param>
/// <param name="Fees">In quote, at the recorded rate.</param>
public sealed record TotalsPreview(int Buys, int Sells, decimal Turnover, decimal Fees);
