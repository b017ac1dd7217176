import { afterEach, describe, expect, it } from 'vitest';
import { decimal } from '../src/api/decimal';
import { clock, dateTime, duration, exactTime, zoneName } from '../src/format/dates';
import { amount, number, percent, price, quantity, signedAmount, signedPercent } from '../src/format/numbers';
import { chooseLanguage, language } from '../src/i18n/language';

afterEach(() => { language.value = 'en'; });

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('numbers', () => {
    it.each([
        [amount, '1234.5', '1,234.50'],
        [amount, '0', '0.00'],
        [amount, '0.005', '0.005'],
        [amount, '-0.00012', '−0.00012'],
        [amount, '3.1', '3.10'],
        [amount, '1182.0799999', '1,182.08'],
        [signedAmount, '12', '+12.00'],
        [signedAmount, '-12', '−12.00'],
        [signedAmount, '0', '0.00'],
        [price, '0.05391', '0.05391'],
        [price, '65123.4', '65,123.40'],
        [price, '0.000012345', '0.000012345'],
        [quantity, '10000', '10,000'],
        [quantity, '0.123456789', '0.12345679'],
        [percent, '0.0062', '0.62 %'],
        [percent, '0.01', '1 %'],
        [percent, '0.125', '12.5 %'],
        [percent, '-0.0146', '−1.46 %'],
        [percent, '0.00001', '0.001 %'],
        [signedPercent, '0.0146', '+1.46 %'],
        [signedPercent, '0', '0 %'],
    ] as const)('%o of %s is %s', (format, value, shown) => {
        expect(plain(format(decimal(value)))).toBe(shown);
    });
    it('of many digits are rounded as decimals, not as doubles', () => {
        expect(number(decimal('1.0049999999999999999'), 2, 2)).toBe('1.00');
        expect(number(decimal('12345678901234567890.12'), 2, 2)).toBe('12,345,678,901,234,567,890.12');
    });
    it('carry their unit', () => {
        expect(amount(decimal('5'), 'USDT')).toBe('5.00\u00a0USDT');
        expect(amount(decimal('5'), '')).toBe('5.00');
    });
});

describe('times', () => {
    const now = new Date('2026-11-26T12:00:00Z');
    it('stand in the zone of the browser, which is named', () => {
        expect(clock('2026-11-26T10:00:05Z', true)).toBe('18:00:05');
        expect(zoneName(now)).toBe('GMT+8');
        expect(exactTime('2026-11-26T10:00:05Z')).toContain('GMT+8');
    });
    it('show the year when it is another', () => {
        expect(dateTime('2026-11-26T10:00:00Z', now)).toBe('Nov 26, 18:00');
        expect(dateTime('2025-11-26T10:00:00Z', now)).toBe('Nov 26, 2025, 18:00');
    });
    it.each([[0, '0 sec'], [-5_000, '0 sec'], [59_999, '59 sec'], [205_000, '3 min 25 sec'], [11_520_000, '3 hr 12 min'], [180_000_000, '2 days 2 hr']])('%i ms is %s', (ms, shown) => {
        expect(duration(ms)).toBe(shown);
    });
    it('follow the language', () => {
        language.value = 'zh-TW';
        expect(duration(205_000)).toBe('3 分鐘 25 秒');
        expect(dateTime('2026-11-26T10:00:00Z', now)).toBe('11月26日 18:00');
    });
});

describe('the language', () => {
    it.each([
        ['zh-TW', ['en-US'], 'zh-TW'],
        [null, ['zh-Hant-TW', 'en'], 'zh-TW'],
        [null, ['zh-CN'], 'zh-TW'],
        [null, ['fr', 'en-GB'], 'en'],
        [null, ['fr', 'ja'], 'en'],
        ['rubbish', ['zh'], 'zh-TW'],
    ])('kept %s, wanted %o: %s', (kept, wanted, chosen) => {
        expect(chooseLanguage(kept, wanted)).toBe(chosen);
    });
});
