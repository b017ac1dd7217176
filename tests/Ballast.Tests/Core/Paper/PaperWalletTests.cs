using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core.Paper;

public class PaperWalletTests
{
    private static readonly DateTimeOffset Start = ScriptedMarket.Start;

    private readonly MatchingEngine engine = new ScriptedMarket(ScriptedMarket.Usual).Engine();

    [Fact]
    public void A_deposit_is_free_at_once_and_a_withdrawal_gone_at_once()
    {
        engine.Deposit("QRL", 250.5m, Start).Must();
        engine.Withdraw("USDT", 500m, Start).Must();
        engine.Deposit("MX", 3m, Start).Must();
        Assert.Equal(("10250.5+0", "0+0", "3+0"), (Held("QRL"), Held("USDT"), Held("MX")));
    }

    [Fact]
    public void What_sits_in_open_orders_cannot_leave()
    {
        engine.Place(ScriptedMarket.Request("SELL LIMIT 4000 @0.0501"), Start).Must();
        Assert.Equal(10101, engine.Withdraw("QRL", 6_000.000001m, Start).MustFail().Code);
        Assert.Equal("6000+4000", Held("QRL"));
        engine.Withdraw("QRL", 6_000m, Start).Must();
        Assert.Equal("0+4000", Held("QRL"));
    }

    [Theory]
    [InlineData("0", 10102)]
    [InlineData("-1", 10102)]
    [InlineData("0.0000000000001", 10096)]                   // 13 decimals
    [InlineData("1000000000000.1", 10097)]
    [InlineData("79228162514264337593543950335", 10097)]
    public void What_is_no_amount_moves_nothing(string units, int code)
    {
        Assert.Equal(code, engine.Deposit("QRL", ScriptedMarket.Number(units), Start).MustFail().Code);
        Assert.Equal(code, engine.Withdraw("QRL", ScriptedMarket.Number(units), Start).MustFail().Code);
        Assert.Equal("10000+0", Held("QRL"));
        Assert.Empty(engine.Transfers(Start.AddDays(-1), Start, Start).Must());
    }

    [Theory]
    [InlineData("1.0000000000000000", "1")]                  // zeros at the end are no decimals
    [InlineData("0.000000000001", "0.000000000001")]
    [InlineData("1000000000000", "1000000000000")]
    public void The_bounds_themselves_are_allowed(string units, string gained)
    {
        engine.Deposit("MX", ScriptedMarket.Number(units), Start).Must();
        Assert.Equal($"{gained}+0", Held("MX"));
    }

    [Fact]
    public void A_transfer_reads_as_a_wallet_row_with_an_id_of_its_own()
    {
        var at = Start.AddTicks(12_345_678);                  // 1.2345678 s
        var rows = new[] { engine.Deposit("QRL", 2.50m, at).Must().Row, engine.Withdraw("QRL", 2.50m, at).Must().Row };
        Assert.Equal(
            [
                new WalletRow("deposit:1767268800000000000001W1:2.5", Start.AddMilliseconds(1_234), "QRL", 2.5m, WalletState.Done),
                new WalletRow("withdrawal:1767268800000000000002W1", Start.AddMilliseconds(1_234), "QRL", -2.5m, WalletState.Done),
            ],
            rows);
    }

    [Fact]
    public void Ids_of_a_later_run_never_repeat_those_of_an_earlier_one()
    {
        var today = MatchingEngine.QrlUsdt(1, Start).Deposit("QRL", 1, Start).Must();
        var tomorrow = MatchingEngine.QrlUsdt(1, Start.AddDays(1)).Deposit("QRL", 1, Start.AddDays(1)).Must();
        Assert.NotEqual(today.Id, tomorrow.Id);
    }

    // Deposits of 1, 2 and 3 coins, a day after each other.
    [Theory]
    [InlineData(0, 2, "3 2 1")]
    [InlineData(0, 1, "2 1")]
    [InlineData(1, 1, "2")]
    [InlineData(2, 7, "3")]
    [InlineData(-5, -1, "")]
    [InlineData(2, 0, "")]
    public void A_window_holds_both_its_ends_newest_first(int fromDay, int toDay, string expected)
    {
        for (var day = 0; day < 3; day++)
            engine.Deposit("QRL", day + 1, Start.AddDays(day)).Must();
        var found = engine.Transfers(Start.AddDays(fromDay), Start.AddDays(toDay), Start.AddDays(2)).Must();
        Assert.Equal(expected, string.Join(' ', found.Select(transfer => transfer.Units)));
    }

    [Fact]
    public void A_window_spans_seven_days_and_reaches_back_ninety_at_most()
    {
        Assert.Empty(engine.Transfers(Start.AddDays(-90), Start.AddDays(-83), Start).Must());
        Assert.Equal(
            "The start time cannot be earlier than 90 days",
            engine.Transfers(Start.AddDays(-90).AddMilliseconds(-1), Start.AddDays(-83), Start).MustFail().Reason);
        Assert.Equal(
            "The time range cannot be longer than 7 days",
            engine.Transfers(Start.AddDays(-7).AddMilliseconds(-1), Start, Start).MustFail().Reason);
    }

    private string Held(string asset)
    {
        var balance = engine.Balances(Start)[asset];
        return $"{Decimals.Text(balance.Free)}+{Decimals.Text(balance.Locked)}";
    }
}
