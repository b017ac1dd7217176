import { afterEach, describe, expect, it } from 'vitest';
import { decimal } from '../../src/api/decimal';
import { language } from '../../src/i18n/language';
import { furtherReasons } from '../../src/pages/books/reasons';
import { guardWords, sumWords } from '../../src/pages/history/sumWords';

afterEach(() => { language.value = 'en'; });

describe('a sum in words', () => {
    it.each([
        ['price', 'last trade 2.5, between the bid of 2.49 and the ask of 2.51 = 2.5 USDT', '最新成交 2.5，介於買價 2.49 與賣價 2.51 = 2.5 USDT'],
        ['price', '0.045311 in quote; last trade, bid and ask: not recorded', '0.045311；最新成交與買賣價未記錄'],
        ['base_balance', '10528.28 free + 0 in orders = 10528.28 coins', '10528.28 可動用 + 0 掛單中 = 10528.28 枚'],
        ['difference', '477.04 − 487.30 ≈ −10.26 USDT: QRL below target', '477.04 − 487.30 ≈ −10.26 USDT：QRL 低於目標'],
        ['deviation', '10.25 / 974.6 ≈ 1.05 %, which reaches the threshold of 1 %', '10.25 / 974.6 ≈ 1.05 %，達到門檻 1 %'],
        ['min_notional', '3.1 USDT, below the minimum of 5', '3.1 USDT，低於最低限額 5'],
        ['rounded', 'the smaller of 226.33072054 and 10975.45, in whole steps of 0.01: 226.33 QRL', '226.33072054 與 10975.45 取其小，以 0.01 為單位捨去：226.33 QRL'],
        ['result', 'BUY 226.33 QRL: QRL below target', '買進 226.33 QRL：QRL 過少：買進不足的部分。'],
        ['result', 'HOLD: Within threshold', '持有：已夠接近目標，無須動作。'],
        ['order', 'filled: 20 of 20 at 2.5 on average, fee 0.025', 'filled: 20 中的 20，均價 2.5，手續費 0.025'],
        ['total', '100 × 2.5 + 150 = 400 USDT', '100 × 2.5 + 150 = 400 USDT'],
        ['new_step', 'words that nobody has translated: 5', 'words that nobody has translated: 5'],
    ])('%s: %s', (key, sum, chinese) => {
        expect(sumWords(key, sum)).toBe(sum);
        language.value = 'zh-TW';
        expect(sumWords(key, sum)).toBe(chinese);
    });

    it('keeps every figure', () => {
        language.value = 'zh-TW';
        const sum = 'last trade 2.5, moved up to the bid of 2.51 = 2.51 USDT, but 2.52 is recorded';
        expect(sumWords('price', sum).match(/[\d.]+/g)).toEqual(sum.match(/[\d.]+/g));
    });
});

it('says of a guard its figures, and the server’s sentence where something is wrong', () => {
    const guard = (sentence: string, passed: boolean) => guardWords({ name: 'x', value: decimal('1'), limit: decimal('1'), passed, sentence });
    expect(guard('value of the order: 10.26, at most 100', true)).toBe('value of the order: 10.26, at most 100');
    language.value = 'zh-TW';
    expect(guard('value of the order: 10.26, at most 100', true)).toBe('10.26，至多 100');
    expect(guard('trading is not halted', true)).toBe('');
    expect(guard('the order book is one-sided', false)).toBe('the order book is one-sided');
});

it('leaves out of the reasons what stands in figures beside them', () => {
    const reason = 'the account holds 12.5 QRL more than the books explain; 3 QRL were sold or withdrawn that the books never held';
    expect(furtherReasons(reason)).toEqual(['3 QRL were sold or withdrawn that the books never held']);
    language.value = 'zh-TW';
    expect(furtherReasons(reason)).toEqual(['有 3 QRL 賣出或轉出，但帳上從未持有']);
    expect(furtherReasons('something new')).toEqual(['something new']);
    expect(furtherReasons('')).toEqual([]);
});
