using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using static Ballast.Tests.Core.QrlUsdt;

namespace Ballast.Tests.Core.Books;

public class StandingTests
{
    /// <summary>100 QRL and 150 USDT to begin with; then 10 bought at 2 with a fee of 0.01: 110 QRL and 129.99 USDT.</summary>
    private static readonly Ledger Booked = Ledger.Open(OpeningOn(100, 150), [], Noon).Add([Buy(10, 2, fee: 0.01m)], null, Noon);

    [Theory]
    [InlineData("110", "0", "129.99", "0", null)]
    [InlineData("60", "50", "100", "29.99", null)]                                              // locked counts
    [InlineData("110.00000001", "0", "129.99", "0", "the account holds 0.00000001 QRL more than the books explain")]
    [InlineData("109", "0.5", "129.99", "0", "the account holds 0.5 QRL less than the books explain")]
    [InlineData("110", "0", "0", "130", "the account holds 0.01 USDT more than the books explain")]
    [InlineData("110", "0", "29.99", "0", "the account holds 100 USDT less than the books explain")]
    [InlineData("111", "0", "127.99", "0", "the account holds 1 QRL more than the books explain; the account holds 2 USDT less than the books explain")]
    public void Books_balance_to_the_last_unit_or_say_what_does_not_add_up(
        string coins, string coinsLocked, string cash, string cashLocked, string? sentence)
    {
        var standing = Booked.Against(
            new Balance(decimal.Parse(coins), decimal.Parse(coinsLocked)), new Balance(decimal.Parse(cash), decimal.Parse(cashLocked)), Noon).Standing!;
        Assert.Equal(sentence, standing.Explain("QRL", "USDT"));
        Assert.Equal(sentence is null, standing.Balanced);
        Assert.Equal(sentence is null ? null : Noon, standing.Since);
    }

    [Fact]
    public void Coins_sold_that_were_never_held_leave_the_books_unproven_although_the_sums_agree()
    {
        var ledger = Ledger.Open(OpeningOn(0, 150), [], Noon).Add([Sell(4, 3), Buy(10, 2, minute: 1)], null, After(1));
        // 10 − 4 = 6 QRL; 150 + 12 − 20 = 142 USDT
        var standing = ledger.Against(new Balance(6, 0), new Balance(142, 0), Noon).Standing!;
        Assert.Equal("0 0 4", $"{standing.BaseDifference} {standing.QuoteDifference} {standing.Uncovered}");
        Assert.Equal("4 QRL were sold or withdrawn that the books never held", standing.Explain("QRL", "USDT"));
    }

    [Fact]
    public void A_time_that_nothing_is_known_of_leaves_the_books_unproven_since_it_began()
    {
        var standing = (Booked with { Gap = new Gap(Noon.AddDays(-9), Noon.AddDays(-2)) }).Against(new Balance(110, 0), Cash, Noon).Standing!;
        Assert.Equal(Noon.AddDays(-9), standing.Since);
        Assert.Equal(
            "the exchange forgot the trades from 2025-12-23T12:00:00Z to 2025-12-30T12:00:00Z before they were read", standing.Explain("QRL", "USDT"));
    }

    [Fact]
    public void Unproven_books_keep_the_time_since_when_until_they_balance()
    {
        var (right, wrong) = (new Balance(110, 0), new Balance(111, 0));
        var first = Booked.Against(wrong, Cash, After(0));
        var second = first.Against(new Balance(112, 0), Cash, After(15));
        var third = second.Against(right, Cash, After(30));
        var fourth = third.Against(wrong, Cash, After(45));
        Assert.Equal([Noon, Noon, null, After(45)], new[] { first, second, third, fourth }.Select(ledger => ledger.Standing!.Since));
    }

    private static Balance Cash => new(129.99m, 0);
}
