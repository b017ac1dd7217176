import type { Action, Check, OrderStateName, Plan, Side } from '../api/types';
import { amount, number, percent, price, quantity } from '../format/numbers';
import { dictionary } from './dictionary';

/** Words of decisions: actions, reasons, what each check compares, what became of an order. The server's own names are the keys. */
export const decisions = dictionary({
    HOLD: { en: 'Hold', 'zh-TW': '持有' },
    BUY: { en: 'Buy', 'zh-TW': '買進' },
    SELL: { en: 'Sell', 'zh-TW': '賣出' },
    ERROR: { en: 'Failed', 'zh-TW': '失敗' },
    headline: { en: '{action}: {deviation} from target, threshold {threshold}; {notional}, minimum {minimum}', 'zh-TW': '{action}：偏離目標 {deviation}，門檻 {threshold}；{notional}，最低 {minimum}' },
    headlineTrade: {
        en: '{action} {quantity}: {deviation} from target, threshold {threshold}; {notional}, minimum {minimum}',
        'zh-TW': '{action} {quantity}：偏離目標 {deviation}，門檻 {threshold}；{notional}，最低 {minimum}',
    },

    within: { en: 'Close enough to the target: nothing to do.', 'zh-TW': '已夠接近目標，無須動作。' },
    above: { en: 'Too much {asset}: sell the excess.', 'zh-TW': '{asset} 過多：賣出多的部分。' },
    below: { en: 'Too little {asset}: buy what is missing.', 'zh-TW': '{asset} 過少：買進不足的部分。' },
    insufficient: { en: 'Not enough free {asset}.', 'zh-TW': '可用的 {asset} 不足。' },
    insufficientBoth: { en: 'There is no price, or nothing to weigh.', 'zh-TW': '沒有價格，或沒有可衡量的資產。' },
    belowExchange: { en: 'Rounded down, it is less than the exchange takes.', 'zh-TW': '捨去後低於交易所的最低限額。' },
    sellingOff: { en: 'Selling is switched off.', 'zh-TW': '賣出已關閉。' },
    buyingOff: { en: 'Buying is switched off.', 'zh-TW': '買進已關閉。' },

    check: { en: 'Check', 'zh-TW': '檢查項目' },
    value: { en: 'Is', 'zh-TW': '數值' },
    limit: { en: 'Limit', 'zh-TW': '界限' },
    outcome: { en: 'Meaning', 'zh-TW': '意義' },

    price: { en: 'Price', 'zh-TW': '價格' },
    total_value: { en: 'Total value', 'zh-TW': '總值' },
    min_notional: { en: 'Amount off target', 'zh-TW': '偏離金額' },
    threshold: { en: 'Share off target', 'zh-TW': '偏離比例' },
    free_base: { en: 'Free {base}', 'zh-TW': '可用 {base}' },
    free_quote: { en: 'Free {quote}', 'zh-TW': '可用 {quote}' },
    exchange_min_quantity: { en: 'Exchange minimum, coins', 'zh-TW': '交易所最低數量' },
    exchange_min_notional: { en: 'Exchange minimum, value', 'zh-TW': '交易所最低金額' },

    atLeast: { en: 'at least {limit}', 'zh-TW': '至少 {limit}' },
    moreThan: { en: 'more than {limit}', 'zh-TW': '大於 {limit}' },
    priceYes: { en: 'there is a price', 'zh-TW': '有價格' },
    priceNo: { en: 'there is no price', 'zh-TW': '沒有價格' },
    totalYes: { en: 'there is something to weigh', 'zh-TW': '有資產可衡量' },
    totalNo: { en: 'the account is empty', 'zh-TW': '帳戶是空的' },
    amountYes: { en: 'large enough to trade', 'zh-TW': '金額大到值得交易' },
    amountNo: { en: 'too small to trade', 'zh-TW': '金額太小，不值得交易' },
    shareYes: { en: 'far enough from the target to act', 'zh-TW': '偏離夠遠，需要動作' },
    shareNo: { en: 'near enough to the target', 'zh-TW': '離目標夠近' },
    freeYes: { en: 'some is free to trade', 'zh-TW': '有可動用的部分' },
    freeNo: { en: 'nothing is free', 'zh-TW': '沒有可動用的部分' },
    exchangeYes: { en: 'the exchange takes it', 'zh-TW': '交易所接受' },
    exchangeNo: { en: 'less than the exchange takes', 'zh-TW': '低於交易所的最低限額' },
    yes: { en: 'met', 'zh-TW': '符合' },
    no: { en: 'not met', 'zh-TW': '不符合' },

    proposed: { en: 'proposed', 'zh-TW': '待核准' },
    blocked: { en: 'blocked', 'zh-TW': '已攔下' },
    filled: { en: 'filled', 'zh-TW': '已成交' },
    partially_filled: { en: 'partly filled', 'zh-TW': '部分成交' },
    unfilled: { en: 'not filled', 'zh-TW': '未成交' },
    rejected: { en: 'rejected', 'zh-TW': '遭拒絕' },
    unknown: { en: 'outcome unknown', 'zh-TW': '結果不明' },
});

export interface Assets { base: string; quote: string }

export function actionWord(action: Action | 'ERROR'): string {
    return decisions(action);
}

export function sideWord(side: Side): string {
    return decisions(side);
}

export function orderStateWord(state: OrderStateName): string {
    return decisions(state);
}

/** "Hold: 0.62 % from target, threshold 1 %; 3.10 USDT, minimum 5", from the recorded figures; undefined for a plan without them. */
export function headline(plan: Partial<Plan>, assets: Assets): string | undefined {
    const { action, deviation, threshold, notional_usdt: notional, min_notional: minimum } = plan;
    if (action === undefined || deviation === undefined || threshold === undefined || notional === undefined || minimum === undefined) return undefined;
    const figures = {
        action: actionWord(action), deviation: percent(deviation), threshold: percent(threshold), notional: amount(notional, assets.quote), minimum: number(minimum, 0, 8),
    };
    return action === 'HOLD' || plan.quantity === undefined ? decisions('headline', figures)
        : decisions('headlineTrade', { ...figures, quantity: quantity(plan.quantity, assets.base) });
}

/** The plan's reason in the language of the page; the server's own words for one that is not known here. */
export function reasonWords(reason: string): string {
    const [, asset, side] = /^(\S+) (above|below) target$/.exec(reason) ?? [];
    if (asset !== undefined) return side === 'above' ? decisions('above', { asset }) : decisions('below', { asset });
    const [, missing] = /^Insufficient (\S+)$/.exec(reason) ?? [];
    if (missing !== undefined) return decisions('insufficient', { asset: missing });
    switch (reason) {
        case 'Within threshold': return decisions('within');
        case 'Insufficient price or balance': return decisions('insufficientBoth');
        case 'Below exchange minimum': return decisions('belowExchange');
        case 'Selling is switched off': return decisions('sellingOff');
        case 'Buying is switched off': return decisions('buyingOff');
        default: return reason;
    }
}

/** A check as a person reads it. `limit` says how it is compared, `meaning` what follows. */
export interface CheckWords { name: string; value: string; limit: string; meaning: string }

export function checkWords(check: Check, assets: Assets): CheckWords {
    const { value, limit, passed } = check;
    switch (check.name) {
        case 'price':
            return { name: decisions('price'), value: price(value, assets.quote), limit: decisions('moreThan', { limit: '0' }), meaning: decisions(passed ? 'priceYes' : 'priceNo') };
        case 'total_value':
            return { name: decisions('total_value'), value: amount(value, assets.quote), limit: decisions('moreThan', { limit: '0' }), meaning: decisions(passed ? 'totalYes' : 'totalNo') };
        case 'min_notional':
            return {
                name: decisions('min_notional'), value: amount(value, assets.quote), limit: decisions('atLeast', { limit: number(limit, 0, 8) }),
                meaning: decisions(passed ? 'amountYes' : 'amountNo'),
            };
        case 'threshold':
            return { name: decisions('threshold'), value: percent(value), limit: decisions('atLeast', { limit: percent(limit) }), meaning: decisions(passed ? 'shareYes' : 'shareNo') };
        case 'free_base':
            return {
                name: decisions('free_base', { base: assets.base }), value: quantity(value, assets.base), limit: decisions('moreThan', { limit: number(limit) }),
                meaning: decisions(passed ? 'freeYes' : 'freeNo'),
            };
        case 'free_quote':
            return {
                name: decisions('free_quote', { quote: assets.quote }), value: amount(value, assets.quote), limit: decisions('moreThan', { limit: number(limit) }),
                meaning: decisions(passed ? 'freeYes' : 'freeNo'),
            };
        case 'exchange_min_quantity':
            return {
                name: decisions('exchange_min_quantity'), value: quantity(value, assets.base), limit: decisions('atLeast', { limit: number(limit) }),
                meaning: decisions(passed ? 'exchangeYes' : 'exchangeNo'),
            };
        case 'exchange_min_notional':
            return {
                name: decisions('exchange_min_notional'), value: amount(value, assets.quote), limit: decisions('atLeast', { limit: number(limit) }),
                meaning: decisions(passed ? 'exchangeYes' : 'exchangeNo'),
            };
        default:
            return { name: check.name, value: number(value), limit: number(limit), meaning: decisions(passed ? 'yes' : 'no') };
    }
}
