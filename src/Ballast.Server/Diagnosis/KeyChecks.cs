using Ballast.Core;
using Ballast.Core.Trading;
using Ballast.Mexc;

namespace Ballast.Server.Diagnosis;

/// <summary>Whether the exchange knows the keys, and what they may do.</summary>
internal static class KeyChecks
{
    /// <summary>Where an owner makes and changes keys.</summary>
    internal const string Page = "https://www.mexc.com/user/openapi";

    /// <summary>The exchange's own codes tell apart what is wrong with a key.</summary>
    public static Finding Keys(Result<AccountState> account, bool paper)
    {
        if (account.TryGet(out _, out var failure))
            return Finding.Pass(paper
                ? "play money: the paper exchange makes its own keys at every start" : "the exchange knows the key, and the secret belongs to it");
        return failure.Kind != FailureKind.Rejected ? Finding.Skip($"not to be judged: {failure.Reason}") : failure.Code switch
        {
            700002 or 602 => Finding.Fail(
                $"the exchange knows the key and refuses its signature ({failure.Code}): MEXC_SECRET_KEY is not the secret of MEXC_API_KEY",
                $"copy the secret again; it is shown only when a key is made, so make a new key at {Page} and set MEXC_API_KEY and MEXC_SECRET_KEY. "
                + "A key that has expired may look the same"),
            10072 or 700001 or 10001 or 1000 or 402 or 400 => Finding.Fail(
                $"the exchange does not know the key in MEXC_API_KEY ({failure.Code}): it is mistyped, deleted or expired",
                $"compare it with those at {Page}, or make a new one there; a key that is bound to no address expires after 90 days"),
            700006 or 406 => Finding.Fail(
                $"the key is bound to addresses, and this machine's is not among them: {failure.Reason}",
                $"add this machine's public address to the key at {Page}; a service without a fixed address needs one first (Cloud NAT)"),
            ErrorCode.TimestampOutsideWindow or 10073 => Finding.Fail(
                $"the exchange refuses the time of the request ({failure.Code}); see clock",
                ExchangeChecks.Synchronise),
            var code when ErrorCode.IsPermission(code) => Finding.Fail(
                $"the key is valid and may not read the account ({code})", $"give it the permission SPOT_ACCOUNT_READ (read account) at {Page}"),
            var code => Finding.Fail($"the exchange refuses the key ({code}): {failure.Reason}", $"look at it at {Page}"),
        };
    }

    /// <param name="right">Null where the account cannot withdraw at all, or does not say.</param>
    public static Finding Withdrawals(AccountState account, KeyRight? right)
    {
        const string Remove = $"take the permission to withdraw (SPOT_WITHDRAW_WRITE) from the key at {Page}, or make a new key without it: "
            + "Ballast never needs it, and who steals such a key can take the money";
        return account.CanWithdraw switch
        {
            false => Finding.Pass("the exchange says that nothing can be withdrawn (canWithdraw: false)"),
            null => Finding.Skip("the exchange does not say whether the key may withdraw", $"see at {Page} that it may not"),
            _ => right?.Given switch
            {
                false => Finding.Pass("the key may not withdraw: the exchange turns it away"),
                true => Finding.Fail("the key may withdraw: the exchange does not turn it away from withdrawals", Remove),
                _ => Finding.Fail(
                    "the exchange says canWithdraw: true, and it could not be found out whether that is the account alone or this key, too",
                    Remove),
            },
        };
    }

    public static Finding Trading(Mode mode, AccountState account, KeyRight orders)
    {
        if (account.CanTrade == false)
            return mode == Mode.Observe
                ? Finding.Warn(
                    "the exchange says that the account may not trade (canTrade: false); observe does not",
                    "ask the exchange's support before you change the mode")
                : Finding.Fail(
                    "the exchange says that the account may not trade (canTrade: false)",
                    "ask the exchange's support, or set Ballast__Mode=observe");
        if (mode == Mode.Observe)
            return Finding.Pass("the account may trade; mode observe needs no right to");
        return orders.Given switch
        {
            false => Finding.Fail(
                "the key may not read orders, which every tick does in this mode",
                $"give it the permissions SPOT_DEAL_READ and SPOT_DEAL_WRITE at {Page}"),
            null => Finding.Skip($"not to be judged: {orders.Said}"),
            _ => Finding.Pass("the account may trade and the key may read orders; whether it may place them, the test order shows"),
        };
    }

    public static Finding Deposits(KeyRight wallet) => wallet.Given switch
    {
        true => Finding.Pass("the key may read deposits and withdrawals"),
        false => Finding.Warn(
            "the key may not read deposits and withdrawals: each would look like a difference in the books",
            $"give it the permission SPOT_WITHDRAW_READ (reading deposits and withdrawals) at {Page}"),
        null => Finding.Skip($"not to be judged: {wallet.Said}"),
    };

    /// <summary>An honest line: no key can ask.</summary>
    public static Finding Addresses(bool letIn) => letIn
        ? Finding.Skip(
            "the exchange tells no key whether it is bound to addresses; from here it is let in",
            $"bind it to this machine's address at {Page}: a stolen key is worth nothing then, and an unbound one expires after 90 days")
        : Finding.Skip("not to be judged: the exchange let nothing in from here that is signed");
}
