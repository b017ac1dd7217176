using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using static Ballast.Tests.Core.QrlUsdt;

namespace Ballast.Tests.Core.Books;

public class StandingTests
{
    /// <summary>100 QRL and 150 USDT to begin with; then 10 bought at 2 with a fee of 0.01: 110 QRL and 129.99 USDT.</summary>
    private static readonly Opening Start = new(new Quantity(100), new Amount(150), new Price(2), false, Noon);

    private static readonly AverageCost Booked = (AverageCost.Nothing with { Quantity = new Quantity(100), Average = new Price(2) })
        .Apply(Buy(10, 2, fee: 0.01m), "QRL", "USDT");

    [Theory]
    [InlineData("110", "0", "129.99", "0", null)]
    [InlineData("60", "50", "100", "29.99", null)]                                              // locked counts
    [InlineData("110.00000001", "0", "129.99", "0", "the account holds 0.00000001 QRL more than its trades explain")]
    [InlineData("109", "0.5", "129.99", "0", "the account holds 0.5 QRL less than its trades explain")]
    [InlineData("110", "0", "0", "130", "the account holds 0.01 USDT more than its trades explain")]
    [InlineData("110", "0", "29.99", "0", "the account holds 100 USDT less than its trades explain")]
    [InlineData("111", "0", "127.99", "0", "the account holds 1 QRL more than its trades explain; the account holds 2 USDT less than its trades explain")]
    public void Books_balance_to_the_last_unit_or_say_what_does_not_add_up(
        string coins, string coinsLocked, string cash, string cashLocked, string? sentence)
    {
        var standing = Of(
            Booked, new Balance(decimal.Parse(coins), decimal.Parse(coinsLocked)), new Balance(decimal.Parse(cash), decimal.Parse(cashLocked)));
        Assert.Equal(sentence, standing.Explain("QRL", "USDT"));
        Assert.Equal(sentence is null, standing.Balanced);
        Assert.Equal(sentence is null ? null : Noon, standing.Since);
    }

    [Fact]
    public void Coins_sold_that_were_never_held_leave_the_books_unproven_although_the_sums_agree()
    {
        var cost = AverageCost.Nothing.Apply(Sell(4, 3), "QRL", "USDT").Apply(Buy(10, 2, minute: 1), "QRL", "USDT");
        // 10 − 4 = 6 QRL; 150 + 12 − 20 = 142 USDT
        var standing = Of(cost, new Balance(6, 0), new Balance(142, 0));
        Assert.Equal("0 0 4", $"{standing.BaseDifference} {standing.QuoteDifference} {standing.Uncovered}");
        Assert.Equal("4 QRL were sold that the books never held", standing.Explain("QRL", "USDT"));
    }

    [Fact]
    public void Unproven_books_keep_the_time_since_when_until_they_balance()
    {
        var (right, wrong) = (new Balance(110, 0), new Balance(111, 0));
        var first = Of(Booked, wrong, Cash, null, 0);
        var second = Of(Booked, new Balance(112, 0), Cash, first, 15);
        var third = Of(Booked, right, Cash, second, 30);
        var fourth = Of(Booked, wrong, Cash, third, 45);
        Assert.Equal([Noon, Noon, null, After(45)], [first.Since, second.Since, third.Since, fourth.Since]);
    }

    private static Balance Cash => new(129.99m, 0);

    private static Standing Of(AverageCost cost, Balance coins, Balance cash, Standing? before = null, int minute = 0) =>
        Standing.Of(cost, Start, coins, cash, before, After(minute));
}
