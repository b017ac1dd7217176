import { describe, expect, it } from 'vitest';
import { decimal } from '../../src/api/decimal';
import type { TickRow } from '../../src/api/types';
import { askedOf, isFiltered, matches, NoFilter } from '../../src/pages/history/filter';
import { rowAt } from '../../src/pages/history/rowAt';

const row = (more: Partial<TickRow>): TickRow => ({
    tick: '15-min-job/2026-01-01T12:00:00Z', task: '15-min-job', timestamp: '2026-01-01T12:00:00.123Z', mode: 'auto', action: 'HOLD', reason: 'Within threshold', ...more,
});

describe('the filter of plans', () => {
    it.each([
        ['any', {}, true], ['with', {}, false], ['without', {}, true],
        ['with', { order_state: 'blocked' }, true], ['without', { order_state: 'blocked' }, false],
        ['filled', { order_state: 'filled' }, true], ['filled', { order_state: 'blocked' }, false], ['filled', {}, false],
    ] as const)('order %s on %j', (order, more, passes) => expect(matches(row(more), { ...NoFilter, order })).toBe(passes));

    it.each([
        ['', true], ['   ', true], ['WITHIN', true], ['within auto', true], ['within observe', false], ['12:00', true], ['持有', true], ['賣出', false],
    ])('text %j', (text, passes) => expect(matches(row({}), { ...NoFilter, text }, '持有 已夠接近目標')).toBe(passes));

    it('finds what failed by its error, and an order by its id', () => {
        expect(matches(row({ action: 'ERROR', error: 'no answer within 5 s' }), { ...NoFilter, text: 'answer' })).toBe(true);
        expect(matches(row({ order_state: 'filled', client_order_id: 'b51f7f' }), { ...NoFilter, text: '51F7' })).toBe(true);
    });

    it('asks the server for decision and time only, whole days of the browser', () => {
        expect(askedOf({ ...NoFilter, order: 'filled', text: 'x' })).toEqual({});
        const asked = askedOf({ ...NoFilter, actions: ['SELL', 'BUY'], from: '2026-03-01', to: '2026-03-02' });
        expect(asked).toEqual({ action: 'BUY,SELL', from: new Date(2026, 2, 1).toISOString(), to: new Date(2026, 2, 3, 0, 0, 0, -1).toISOString() });
        expect(askedOf({ ...NoFilter, from: 'nonsense' })).toEqual({});
    });

    it('knows whether anything is filtered', () => {
        expect(isFiltered(NoFilter)).toBe(false);
        expect(isFiltered({ ...NoFilter, text: '  ' })).toBe(false);
        expect(isFiltered({ ...NoFilter, order: 'with' })).toBe(true);
    });
});

describe('the row under the crosshair', () => {
    const rows = [4, 3, 2, 1].map((quarter) => ({ timestamp: new Date(quarter * 900_000).toISOString(), price: decimal('1') }));

    it.each([[3600, 0], [2700, 1], [2690, 1], [2200, 2], [100, 3], [3600 + 2700, 0], [3600 + 2701, -1], [-9999, -1]])('at %d s is %d', (time, index) =>
        expect(rowAt(rows, time)).toBe(index));

    it('is none where there are no rows', () => expect(rowAt([], 0)).toBe(-1));
});
