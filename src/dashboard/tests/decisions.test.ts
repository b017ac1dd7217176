import { afterEach, describe, expect, it } from 'vitest';
import { decimal } from '../src/api/decimal';
import type { Check, Plan } from '../src/api/types';
import { checkWords, headline, reasonWords } from '../src/i18n/decisions';
import { language } from '../src/i18n/language';

const assets = { base: 'QRL', quote: 'USDT' };
const plain = (text: string | undefined): string | undefined => text?.replace(/[\u00a0\u202f]/g, ' ');
const check = (name: string, value: string, limit: string, passed: boolean): Check => ({ name, value: decimal(value), limit: decimal(limit), passed });
const hold: Partial<Plan> = {
    action: 'HOLD', quantity: decimal('0'), deviation: decimal('0.0062'), threshold: decimal('0.01'), notional_usdt: decimal('3.1'), min_notional: decimal('5'),
};

afterEach(() => { language.value = 'en'; });

describe('the headline of a decision', () => {
    it('says how far from the target, and what it takes', () => {
        expect(plain(headline(hold, assets))).toBe('Hold: 0.62 % from target, threshold 1 %; 3.10 USDT, minimum 5');
        language.value = 'zh-TW';
        expect(plain(headline(hold, assets))).toBe('持有：偏離目標 0.62 %，門檻 1 %；3.10 USDT，最低 5');
    });
    it('names the quantity of a trade', () => {
        expect(plain(headline({ ...hold, action: 'SELL', quantity: decimal('20') }, assets))).toBe('Sell 20 QRL: 0.62 % from target, threshold 1 %; 3.10 USDT, minimum 5');
    });
    it('is absent where the figures are', () => expect(headline({ status: 'error', error: 'down' }, assets)).toBeUndefined());
});

describe('a reason', () => {
    it.each([
        ['Within threshold', 'Close enough to the target: nothing to do.'],
        ['QRL above target', 'Too much QRL: sell the excess.'],
        ['QRL below target', 'Too little QRL: buy what is missing.'],
        ['Insufficient USDT', 'Not enough free USDT.'],
        ['Insufficient price or balance', 'There is no price, or nothing to weigh.'],
        ['Below exchange minimum', 'Rounded down, it is less than the exchange takes.'],
        ['Selling is switched off', 'Selling is switched off.'],
        ['something new', 'something new'],
    ])('%s', (reason, words) => expect(reasonWords(reason)).toBe(words));
});

describe('a check', () => {
    it.each([
        [check('price', '0.05391', '0', true), 'Price', '0.05391 USDT', 'more than 0', 'there is a price'],
        [check('total_value', '1000', '0', true), 'Total value', '1,000.00 USDT', 'more than 0', 'there is something to weigh'],
        [check('min_notional', '3.1', '5', false), 'Amount off target', '3.10 USDT', 'at least 5', 'too small to trade'],
        [check('threshold', '0.125', '0.01', true), 'Share off target', '12.5 %', 'at least 1 %', 'far enough from the target to act'],
        [check('free_base', '0', '0', false), 'Free QRL', '0 QRL', 'more than 0', 'nothing is free'],
        [check('free_quote', '6.12', '0', true), 'Free USDT', '6.12 USDT', 'more than 0', 'some is free to trade'],
        [check('exchange_min_quantity', '0.01', '1', false), 'Exchange minimum, coins', '0.01 QRL', 'at least 1', 'less than the exchange takes'],
        [check('exchange_min_notional', '14', '1', true), 'Exchange minimum, value', '14.00 USDT', 'at least 1', 'the exchange takes it'],
        [check('made_up', '7', '8', false), 'made_up', '7', '8', 'not met'],
    ])('%o', (one, name, value, limit, meaning) => {
        const words = checkWords(one, assets);
        expect({ ...words, value: plain(words.value), limit: plain(words.limit) }).toEqual({ name, value, limit, meaning });
    });
    it('is told in Chinese', () => {
        language.value = 'zh-TW';
        expect(checkWords(check('threshold', '0.005', '0.01', false), assets).meaning).toBe('離目標夠近');
    });
});
