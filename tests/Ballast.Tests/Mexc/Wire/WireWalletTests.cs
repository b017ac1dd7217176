using Ballast.Core;
using Ballast.Core.Trading;
using Ballast.Mexc.Wire;
using static Ballast.Tests.Mexc.Wire.WireAnswers;

namespace Ballast.Tests.Mexc.Wire;

public class WireWalletTests
{
    private const string Deposit =
        """
        {"amount":"50000","coin":"EOS","network":"EOS","status":5,"address":"0x20b7","addressTag":null,"txId":"01391d1c1397ef0a",
         "insertTime":1659513342000,"unlockConfirm":"10","confirmTimes":"241","memo":"xxyy1122"}
        """;

    private const string Withdrawal =
        """
        {"id":"bb17a2d452684f00a523c015d512a341","txId":null,"coin":"EOS","netWork":"EOS","address":"zzqqqqqqqqqq","amount":"10",
         "transferType":0,"status":7,"transactionFee":"0.2","confirmNo":null,"applyTime":1665300874000,"remark":"","memo":"MX10086",
         "transHash":"0x0ced593b8b5adc9f","updateTime":1712134082000,"coinId":"128f589271cb","vcoinId":"af42c6414b9a"}
        """;

    [Fact]
    public void A_deposit_adds_what_arrived() => Assert.Equal(
        new WalletRow(
            "deposit:01391d1c1397ef0a:50000", DateTimeOffset.Parse("2022-08-03T07:55:42Z"), "EOS", 50_000m, WalletState.Done),
        Only(WireDeposit.Read(Payload($"[{Deposit}]"), Foreign)));

    [Fact]
    public void A_withdrawal_takes_what_left_with_the_fee_in_it() => Assert.Equal(
        new WalletRow(
            "withdrawal:bb17a2d452684f00a523c015d512a341", DateTimeOffset.Parse("2022-10-09T07:34:34Z"), "EOS", -10m, WalletState.Done),
        Only(WireWithdrawal.Read(Payload($"[{Withdrawal}]"), Foreign)));

    [Theory]
    [InlineData("amount", "\"0.500\"", "deposit:01391d1c1397ef0a:0.5 EOS 0.5")]       // zeros at the end are no other deposit
    [InlineData("amount", "0.00000001", "deposit:01391d1c1397ef0a:0.00000001 EOS 0.00000001")]
    [InlineData("amount", "1e-8", "deposit:01391d1c1397ef0a:0.00000001 EOS 0.00000001")]
    [InlineData("coin", "\"USDT-TRX\"", "deposit:01391d1c1397ef0a:50000 USDT 50000")]
    [InlineData("coin", "\"A-B-TRX\"", "deposit:01391d1c1397ef0a:50000 A-B 50000")]
    [InlineData("txId", "null", "deposit:EOS:1659513342000:50000 EOS 50000")]
    [InlineData("txId", "\"\"", "deposit:EOS:1659513342000:50000 EOS 50000")]
    [InlineData("txId", null, "deposit:EOS:1659513342000:50000 EOS 50000")]
    [InlineData("txId", "77", "deposit:77:50000 EOS 50000")]
    [InlineData("insertTime", "\"1659513342000\"", "deposit:01391d1c1397ef0a:50000 EOS 50000")]
    [InlineData("confirmTimes", "{}", "deposit:01391d1c1397ef0a:50000 EOS 50000")]    // nobody needs it
    public void Odd_deposits_have_a_meaning(string field, string? json, string expected) =>
        Assert.Equal(expected, Shown(Only(WireDeposit.Read(Payload($"[{With(Deposit, field, json)}]"), Foreign))));

    [Theory]
    [InlineData("id", "1208470", "withdrawal:1208470 EOS -10")]
    [InlineData("coin", "\"USDT-TRX\"", "withdrawal:bb17a2d452684f00a523c015d512a341 USDT -10")]
    [InlineData("amount", "10.50", "withdrawal:bb17a2d452684f00a523c015d512a341 EOS -10.5")]
    [InlineData("applyTime", "\"1665300874000\"", "withdrawal:bb17a2d452684f00a523c015d512a341 EOS -10")]
    public void Odd_withdrawals_have_a_meaning(string field, string? json, string expected) =>
        Assert.Equal(expected, Shown(Only(WireWithdrawal.Read(Payload($"[{With(Withdrawal, field, json)}]"), Foreign))));

    [Theory]
    [InlineData("1", WalletState.UnderWay)]                 // small
    [InlineData("2", WalletState.UnderWay)]                 // delayed
    [InlineData("3", WalletState.UnderWay)]                 // large, delayed
    [InlineData("4", WalletState.UnderWay)]                 // pending
    [InlineData("5", WalletState.Done)]                     // success
    [InlineData("\"5\"", WalletState.Done)]
    [InlineData("6", WalletState.UnderWay)]                 // audited
    [InlineData("7", WalletState.Void)]                     // rejected
    [InlineData("8", WalletState.Void)]                     // refunded
    [InlineData("9", WalletState.UnderWay)]                 // about to succeed
    [InlineData("10", WalletState.Void)]                    // invalid
    [InlineData("11", WalletState.UnderWay)]                // restricted
    [InlineData("12", WalletState.Done)]                    // completed
    [InlineData("99", WalletState.UnderWay)]
    [InlineData("null", WalletState.UnderWay)]
    public void A_deposit_is_as_far_as_its_status_says(string status, WalletState state) =>
        Assert.Equal(state, Only(WireDeposit.Read(Payload($"[{With(Deposit, "status", status)}]"), Foreign)).State);

    [Theory]
    [InlineData("1", WalletState.UnderWay)]                 // applied for
    [InlineData("2", WalletState.UnderWay)]                 // audited
    [InlineData("3", WalletState.UnderWay)]                 // waiting
    [InlineData("4", WalletState.UnderWay)]                 // processed
    [InlineData("5", WalletState.UnderWay)]                 // waiting to be packed
    [InlineData("6", WalletState.UnderWay)]                 // waiting to be confirmed
    [InlineData("7", WalletState.Done)]                     // success
    [InlineData("\"7\"", WalletState.Done)]
    [InlineData("8", WalletState.Void)]                     // failed
    [InlineData("9", WalletState.Void)]                     // cancelled
    [InlineData("10", WalletState.UnderWay)]                // by hand
    [InlineData("99", WalletState.UnderWay)]
    public void A_withdrawal_is_as_far_as_its_status_says(string status, WalletState state) =>
        Assert.Equal(state, Only(WireWithdrawal.Read(Payload($"[{With(Withdrawal, "status", status)}]"), Foreign)).State);

    [Theory]
    [InlineData("amount", null)]
    [InlineData("amount", "\"\"")]
    [InlineData("amount", "\"1e30\"")]
    [InlineData("amount", "\"-1\"")]
    [InlineData("coin", "null")]
    [InlineData("coin", "\"-TRX\"")]
    [InlineData("insertTime", "\"2022-08-03 07:55:42\"")]
    [InlineData("txId", "{}")]
    public void One_unreadable_deposit_fails_the_page_by_name(string field, string? json)
    {
        var odd = With(With(Deposit, "memo", null), field, json);
        AssertBadData(
            WireDeposit.Read(Payload($"[{Deposit},{odd}]"), Foreign),
            "GET /api/v3/capital/deposit/hisrec",
            $"'{field}'",
            field == "txId" ? "of 'EOS'" : "deposit '01391d1c1397ef0a'");
    }

    [Theory]
    [InlineData("amount", "[]")]
    [InlineData("amount", "\"-1\"")]
    [InlineData("coin", "\"\"")]
    [InlineData("applyTime", "null")]
    [InlineData("id", "null")]
    public void One_unreadable_withdrawal_fails_the_page_by_name(string field, string? json) => AssertBadData(
        WireWithdrawal.Read(Payload($"[{Withdrawal},{With(Withdrawal, field, json)}]"), Foreign),
        "GET /api/v3/capital/withdraw/history",
        $"'{field}'",
        field == "id" ? "of 'EOS'" : "withdrawal 'bb17a2d452684f00a523c015d512a341'");

    [Theory]
    [InlineData(999, true)]
    [InlineData(1000, false)]
    public void A_full_page_may_have_been_cut(int rows, bool readable)
    {
        var page = Payload($"[{string.Join(",", Enumerable.Repeat(Withdrawal, rows))}]");
        if (readable)
            Assert.Equal(rows, Value(WireWithdrawal.Read(page, Foreign)).Count);
        else
            AssertBadData(WireWithdrawal.Read(page, Foreign), "1000 rows", "shorter window");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("[[]]")]
    public void Anything_else_is_not_an_empty_page(string page) =>
        AssertBadData(WireDeposit.Read(Payload(page), Foreign), "GET /api/v3/capital/deposit/hisrec");

    private static WalletRow Only(Result<IReadOnlyList<WalletRow>> page) => Assert.Single(Value(page));

    private static string Shown(WalletRow row) => $"{row.Id} {row.Asset} {Decimals.Text(row.Units)}";
}
