using Ballast.Core;
using Ballast.Core.Planning;

namespace Ballast.Tests.Core.Planning;

public class PolicyTests
{
    private static readonly Policy Configured = new(new Ratio(0.4m), new Ratio(0.02m), new Amount(7));

    [Fact]
    public void Without_a_word_from_the_owner_half_is_held_and_small_differences_are_left_alone() =>
        Assert.Equal(new Policy(new Ratio(0.5m), new Ratio(0.01m), new Amount(5)), Policy.Default);

    [Fact]
    public void Without_settings_the_configuration_stands() =>
        Assert.Equal(Configured, Configured.With(new Dictionary<string, string>()).Must());

    [Theory]
    [InlineData("target_ratio", "0.6", "0.6 0.02 7")]
    [InlineData("target_ratio", "60%", "0.6 0.02 7")]
    [InlineData("target_ratio", "0.000001", "0.000001 0.02 7")]
    [InlineData("target_ratio", "99.99 %", "0.9999 0.02 7")]
    [InlineData("threshold", "0.03", "0.4 0.03 7")]
    [InlineData("threshold", "3%", "0.4 0.03 7")]
    [InlineData("threshold", "0", "0.4 0 7")]
    [InlineData("threshold", "0.99", "0.4 0.99 7")]
    [InlineData("min_notional", "12.5", "0.4 0.02 12.5")]
    [InlineData("min_notional", " 12.5 ", "0.4 0.02 12.5")]
    [InlineData("min_notional", "0", "0.4 0.02 0")]
    public void A_setting_replaces_its_own_number_and_no_other(string name, string text, string expected) =>
        Assert.Equal(expected, Text(Configured.With(new Dictionary<string, string> { [name] = text }).Must()));

    [Fact]
    public void Several_settings_are_all_laid_over() => Assert.Equal("0.6 0.03 0", Text(Configured.With(
        new Dictionary<string, string> { ["threshold"] = "3%", ["min_notional"] = "0", ["target_ratio"] = "0.6" }).Must()));

    [Theory]
    [InlineData("target_ratio", "0")]               // sell everything
    [InlineData("target_ratio", "1")]               // buy with everything
    [InlineData("target_ratio", "100%")]
    [InlineData("target_ratio", "50")]              // a forgotten per cent sign
    [InlineData("target_ratio", "-0.5")]
    [InlineData("target_ratio", "half")]
    [InlineData("target_ratio", "0,5")]
    [InlineData("target_ratio", "")]
    [InlineData("threshold", "1")]
    [InlineData("threshold", "100%")]
    [InlineData("threshold", "2")]
    [InlineData("threshold", "-0.01")]
    [InlineData("threshold", "-1%")]
    [InlineData("threshold", "%")]
    [InlineData("threshold", "NaN")]
    [InlineData("min_notional", "-1")]
    [InlineData("min_notional", "5 USDT")]
    [InlineData("min_notional", "5%")]
    [InlineData("min_notional", "")]
    [InlineData("min_notional", "1e99")]
    [InlineData("Threshold", "0.02")]               // no such name
    [InlineData("max_notional", "5")]
    [InlineData("", "0.5")]
    public void A_setting_that_cannot_be_right_fails_and_is_named(string name, string text)
    {
        var failure = Configured.With(new Dictionary<string, string> { [name] = text }).MustFail();
        Assert.Equal(FailureKind.BadData, failure.Kind);
        Assert.StartsWith($"setting {name}: ", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_setting_that_cannot_be_read_fails_all_of_them() => Assert.Contains("threshold", Configured.With(
        new Dictionary<string, string> { ["target_ratio"] = "0.6", ["threshold"] = "one per cent" }).MustFail().Reason, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_setting_is_answered_with_the_ones_that_exist() => Assert.Contains(
        "target_ratio, threshold, min_notional, rebalance_to and sides",
        Configured.With(new Dictionary<string, string> { ["treshold"] = "0.02" }).MustFail().Reason,
        StringComparison.Ordinal);

    private static string Text(Policy policy) => $"{policy.TargetRatio} {policy.Threshold} {policy.MinNotional}";
}
