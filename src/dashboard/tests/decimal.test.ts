import { describe, expect, it } from 'vitest';
import { decimal, parseExact, writeExact, type Decimal } from '../src/api/decimal';
import { absolute, add, compare, multiply, negate, round, sign, subtract, sum } from '../src/format/decimal';

const d = (text: string): Decimal => decimal(text);

describe('numbers from the server', () => {
    it('keep every digit', () => {
        expect(parseExact('{"a":0.1234567890123456789012345678,"b":-5,"c":[1.50,2e-7]}')).toEqual({ a: '0.1234567890123456789012345678', b: '-5', c: ['1.50', '2e-7'] });
    });
    it('are left alone inside text', () => {
        expect(parseExact('{"says":"bought 12.5 at \\"3.25\\", \\\\ 7"}')).toEqual({ says: 'bought 12.5 at "3.25", \\ 7' });
    });
    it('are absent where null', () => {
        expect(parseExact('{"fee":null,"order":{"price":null},"ok":true}')).toEqual({ order: {}, ok: true });
    });
    it('are written back as numbers, and text as text', () => {
        expect(writeExact({ kind: 'crash', argument: d('0.70'), count: undefined }, ['argument'])).toBe('{"kind":"crash","argument":0.70}');
    });
    it('that are none are refused', () => {
        for (const text of ['', 'x', '1,5', '0x10', 'NaN', '1.', '.5']) expect(() => decimal(text)).toThrow(RangeError);
    });
    it('that are no JSON throw', () => {
        expect(() => parseExact('<html>')).toThrow(SyntaxError);
    });
});

describe('decimal sums', () => {
    it.each([
        ['0.1', '0.2', '0.3'],
        ['-1.005', '1', '-0.005'],
        ['1e3', '0.5', '1000.5'],
        ['2.50', '-2.5', '0'],
        ['99999999999999999999.99', '0.01', '100000000000000000000'],
    ])('%s + %s = %s', (a, b, result) => {
        expect(add(d(a), d(b))).toBe(result);
        expect(subtract(d(result), d(b))).toBe(add(d(a), d('0')));
    });
    it.each([['0.05391', '204.11', '11.0035701'], ['-3', '0.5', '-1.5'], ['0', '-7', '0']])('%s × %s = %s', (a, b, result) => {
        expect(multiply(d(a), d(b))).toBe(result);
    });
    it.each([['1.005', 2, '1.01'], ['-1.005', 2, '-1.01'], ['1.0049', 2, '1'], ['0.5', 0, '1'], ['12', 4, '12'], ['-0.004', 2, '0']])('%s to %i places is %s', (a, places, result) => {
        expect(round(d(a), places)).toBe(result);
    });
    it('know sign, order and size', () => {
        expect([sign(d('-0.0')), sign(d('-1')), sign(d('1e-9'))]).toEqual([0, -1, 1]);
        expect([compare(d('1.0'), d('1')), compare(d('0.9'), d('1')), compare(d('2'), d('-3'))]).toEqual([0, -1, 1]);
        expect([absolute(d('-2.50')), negate(d('2.5')), sum([d('0.1'), d('0.1'), d('0.1')])]).toEqual(['2.5', '-2.5', '0.3']);
    });
});
