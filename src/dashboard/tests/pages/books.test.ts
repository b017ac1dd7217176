import { describe, expect, it } from 'vitest';
import { decimal, writeExact } from '../../src/api/decimal';
import type { Books, JournalLine, Trade } from '../../src/api/types';
import { entryMatches, feesByAsset, kindOf, lineId, NoJournalFilter, whoOf } from '../../src/pages/books/entries';
import { bodyOf, consequenceOf, faultsOf, type ResolutionForm } from '../../src/pages/books/resolution';

const books: Books = {
    base: 'QRL', quote: 'USDT', books: 'unproven', quantity: decimal('100'), avg_cost: decimal('2'), realized_pnl: decimal('0'), fees: decimal('0'), uncovered: decimal('0'),
    opening_quantity: decimal('100'), opening_quote: decimal('0'), opening_cost: decimal('2'), opening_cost_assumed: false,
    unproven_base: decimal('25'), unproven_quote: decimal('-3.2'),
} as Books;
const form: ResolutionForm = { kind: 'transfer', scope: 'all', asset: 'QRL', amount: '', cost: '', reason: 'moved in' };

describe('what a resolution does', () => {
    it('explains all that does not add up, at the last price', () => {
        expect(consequenceOf(form, books, decimal('3'))).toEqual({
            parts: [{ asset: 'QRL', units: '25', price: '3' }, { asset: 'USDT', units: '-3.2', price: '1' }],
            quantity: '125', newCost: 2.2, left: [],
        });
    });

    it('takes the stated cost', () => expect(consequenceOf({ ...form, cost: '7' }, books, decimal('3')).newCost).toBe(3));

    it('leaves what a part does not explain', () => {
        const { parts, left } = consequenceOf({ ...form, scope: 'part', amount: '20.5' }, books, decimal('3'));
        expect(parts).toEqual([{ asset: 'QRL', units: '20.5', price: '3' }]);
        expect(left).toEqual([{ asset: 'QRL', units: '4.5' }, { asset: 'USDT', units: '-3.2' }]);
    });

    it('keeps the average when coins leave', () => {
        expect(consequenceOf({ ...form, scope: 'part', amount: '-40' }, books, decimal('3'))).toMatchObject({ quantity: '60', newCost: undefined });
    });

    it('does not guess where coins were sold that the books never held', () => {
        const uncovered = { ...books, uncovered: decimal('10') };
        expect(consequenceOf(form, uncovered, decimal('3'))).toMatchObject({
            parts: [{ units: '10' }, { units: '15' }, { asset: 'USDT' }], quantity: undefined, newCost: undefined, left: [],
        });
    });

    it.each([
        [{}, []], [{ reason: ' ' }, ['reason']], [{ reason: 'a\nb' }, ['reason']], [{ reason: 'x'.repeat(501) }, ['reason']],
        [{ cost: '-1' }, ['cost']], [{ cost: '1,5' }, ['cost']], [{ cost: '0' }, []],
        [{ scope: 'part', amount: '0' }, ['amount']], [{ scope: 'part', amount: '' }, ['amount']], [{ scope: 'part', amount: '-0.5' }, []],
    ] as const)('%j has the faults %j', (change, faults) => expect(faultsOf({ ...form, ...change } as ResolutionForm)).toEqual(faults));

    it.each([
        [form, '{"kind":"transfer","reason":"moved in"}'],
        [{ ...form, cost: '0.1' }, '{"kind":"transfer","reason":"moved in","cost":0.1}'],
        [{ ...form, kind: 'correction', scope: 'part', amount: '0.100000000000000001' }, '{"kind":"correction","reason":"moved in","asset":"QRL","amount":0.100000000000000001}'],
        [{ ...form, scope: 'part', asset: 'USDT', amount: '-3', cost: '9' }, '{"kind":"transfer","reason":"moved in","asset":"USDT","amount":-3}'],
    ] as const)('%j is asked for as %s, digit by digit', (asked, json) => {
        const { body, numbers } = bodyOf(asked as ResolutionForm, 'QRL');
        expect(writeExact(body, numbers)).toBe(json);
    });
});

const trade = (asset: string, fee: string, worth?: string): Trade => ({
    id: 't', time: '2026-01-01T00:00:00Z', side: 'BUY', price: decimal('2'), quantity: decimal('1'), quote_quantity: decimal('2'), fee: decimal(fee), fee_asset: asset, order_id: 'o',
    ...(worth === undefined ? {} : { fee_value: decimal(worth) }),
});

it('sums fees by asset exactly, the pair’s own first, and says of how many the worth is not known', () => {
    expect(feesByAsset([trade('MX', '0.1', '0.3'), trade('QRL', '0.1'), trade('USDT', '0.1'), trade('USDT', '0.2'), trade('MX', '0.2')], 'QRL', 'USDT')).toEqual([
        { asset: 'USDT', paid: '0.3', worth: '0.3', trades: 2, unvalued: 0 },
        { asset: 'QRL', paid: '0.1', worth: '0.2', trades: 1, unvalued: 0 },
        { asset: 'MX', paid: '0.3', worth: '0.3', trades: 2, unvalued: 1 },
    ]);
});

describe('the journal', () => {
    const at = '2026-01-01T00:00:00Z';
    const halt: JournalLine = { at, change: { what: 'halt', to: 'halted', by: 'guards', reason: 'fell too far' } } as JournalLine;
    const sale: JournalLine = { at, trade: trade('USDT', '0.1') } as JournalLine;

    it('says what a line is about and who is behind it', () => {
        expect([halt, sale].map((line) => [kindOf(line), whoOf(line), lineId(line)])).toEqual([
            ['change', 'guards', `${at}/halt/halted/guards`], ['trade', 'exchange', `${at}/t`],
        ]);
    });

    it.each([
        [{}, true, true], [{ kinds: ['trade'] }, false, true], [{ who: 'guards' }, true, false], [{ text: 'FELL far' }, true, false], [{ text: 'said' }, true, true],
        [{ kinds: ['trade', 'change'], text: 'fell' }, true, false],
    ] as const)('%j shows the halt: %s, the trade: %s', (filter, first, second) => {
        const wanted = { ...NoJournalFilter, ...filter };
        expect([entryMatches(halt, wanted, 'said'), entryMatches(sale, wanted, 'said')]).toEqual([first, second]);
    });
});
