using Ballast.Core.Trading;
using Ballast.Mexc.Wire;
using static Ballast.Tests.Mexc.Wire.WireAnswers;

namespace Ballast.Tests.Mexc.Wire;

public class WireAccountTests
{
    [Theory]
    [InlineData("""{"asset":"QRL","free":"100.5","locked":"2"}""", "100.5", "2")]
    [InlineData("""{"asset":"QRL","free":100.5,"locked":2}""", "100.5", "2")]
    [InlineData("""{"asset":"QRL","free":null,"locked":""}""", "0", "0")]
    [InlineData("""{"asset":"QRL"}""", "0", "0")]
    [InlineData("""{"asset":"QRL","free":"1e-8","locked":"0","available":{"odd":1}}""", "0.00000001", "0")]
    [InlineData("""{"asset":"QRL","free":"1","locked":"2"},{"asset":"QRL","free":"10","locked":"20"}""", "11", "22")]
    [InlineData("""{"asset":"qrl","free":"7","locked":"7"},{"asset":"QRL","free":"1","locked":"0"}""", "1", "0")]
    public void Balances_are_read_by_exact_name(string rows, string free, string locked)
    {
        var balances = Value(WireAccount.Read(Payload($$"""{"balances":[{{rows}}],"makerCommission":null}"""), Foreign));
        Assert.Equal(new Balance(decimal.Parse(free), decimal.Parse(locked)), Value(balances.Of("QRL")));
    }

    [Fact]
    public void An_asset_that_is_not_listed_is_zero() =>
        Assert.Equal(default, Value(Value(WireAccount.Read(Payload("""{"balances":[]}"""), Foreign)).Of("QRL")));

    [Theory]
    [InlineData("""{"asset":"QRL","free":"x"}""", "'free'")]
    [InlineData("""{"asset":"QRL","free":{}}""", "'free'")]
    [InlineData("""{"asset":"QRL","free":"-1"}""", "'free' is negative")]
    [InlineData("""{"asset":"QRL","locked":"1e29"}""", "'locked'")]
    [InlineData("""{"asset":"QRL","free":"79228162514264337593543950335","locked":"1"}""", "add up")]
    public void A_balance_that_makes_no_sense_is_not_taken_for_zero_and_hides_no_other(string row, string says)
    {
        var rows = $$"""{"balances":[{{row}},{"asset":"QRL","free":"1"},{"asset":"USDT","free":"150"}]}""";
        var balances = Value(WireAccount.Read(Payload(rows), Foreign));
        AssertBadData(balances.Of("QRL"), "GET /api/v3/account", says);
        Assert.Equal(150, Value(balances.Of("USDT")).Free);
    }

    [Theory]
    [InlineData("""{"free":"1"}""", "'asset' is missing")]
    [InlineData("""{"asset":"","free":"1"}""", "'asset' is missing")]
    [InlineData("null", "'asset' is missing")]
    [InlineData("5", "$.balances[0]")]
    public void A_balance_of_nobody_knows_what_fails_the_whole(string row, string says) =>
        AssertBadData(WireAccount.Read(Payload($$"""{"balances":[{{row}}]}"""), Foreign), "GET /api/v3/account", says);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"balances":null}""")]
    [InlineData("""{"balances":{}}""")]
    public void An_account_without_its_list_is_not_an_empty_one(string answer) =>
        AssertBadData(WireAccount.Read(Payload(answer), Foreign), "balances");
}
