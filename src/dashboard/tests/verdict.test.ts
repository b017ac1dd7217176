import { describe, expect, it } from 'vitest';
import { decimal } from '../src/api/decimal';
import { concernsOf, gravityOf, verdictOf } from '../src/state/verdict';
import { nextTick } from '../src/state/schedule';
import { Moment, plainOverview, sampleOverview, sampleProposal } from './samples';

describe('the verdict', () => {
    it('is good when nothing is to be looked at', () => {
        expect(concernsOf(plainOverview(), Moment, false)).toEqual([]);
        expect(verdictOf([])).toBe('good');
    });
    it.each([
        ['a halt', plainOverview({ halt: { by: 'x', reason: 'y' } }), ['halted'], 'warn'],
        ['an unknown order', sampleOverview({ unknownOrder: true }), ['unknown-order'], 'bad'],
        ['unproven books', sampleOverview({ unproven: true }), ['unproven'], 'bad'],
        ['no tick for long', plainOverview({}, { stale: true }), ['stale'], 'bad'],
        ['a failed tick', plainOverview({}, { last_failure: { tick: 't', timestamp: '', error: 'down' } }), ['failed'], 'bad'],
        ['failures in a row', plainOverview({ failures: decimal('1') }), ['failed'], 'bad'],
        ['unreadable books', plainOverview({}, { books_error: 'x' }), ['books-error'], 'bad'],
        ['an unreadable state', plainOverview({}, { trading_error: 'x' }), ['trading-error'], 'bad'],
        ['a waiting proposal', plainOverview({ proposal: sampleProposal }), ['proposal'], 'info'],
        ['a late tick', plainOverview({}, { schedule: { own: true, next: '2026-11-26T12:03:00Z' } }), ['overdue'], 'warn'],
        ['a tick that starts just now', plainOverview({}, { schedule: { own: true, next: '2026-11-26T12:04:30Z' } }), [], 'good'],
        ['a tick that is only expected', plainOverview({}, { schedule: { own: false, expected: '2026-11-26T12:03:00Z' } }), [], 'good'],
        ['the time before the first tick', sampleOverview({ empty: true }), ['first'], 'info'],
    ])('of %s', (_, overview, concerns, verdict) => {
        expect(concernsOf(overview, Moment, false)).toEqual(concerns);
        expect(verdictOf(concernsOf(overview, Moment, false))).toBe(verdict);
    });
    it('counts no proposal that is approved or over', () => {
        expect(concernsOf(plainOverview({ proposal: { ...sampleProposal, approved_by: 'me' } }), Moment, false)).toEqual([]);
        expect(concernsOf(plainOverview({ proposal: sampleProposal }), Date.parse(sampleProposal.expires), false)).not.toContain('proposal');
    });
    it('names the gravest first, and everything', () => {
        const all = concernsOf(sampleOverview({ unproven: true, unknownOrder: true, halt: { since: '', by: '', reason: '' }, proposal: true }), Moment, true);
        expect(all).toEqual(['unknown-order', 'unproven', 'lost', 'halted', 'proposal']);
        const ranks = all.map((concern) => ['bad', 'warn', 'info'].indexOf(gravityOf(concern)));
        expect(ranks).toEqual([...ranks].sort());
    });
});

describe('the next tick', () => {
    it('is known from the own clock and expected from an outside one', () => {
        expect(nextTick(plainOverview(), Moment)).toEqual({ at: Date.parse('2026-11-26T12:15:00Z'), known: true, lateMs: -600_000 });
        expect(nextTick(plainOverview({}, { schedule: { own: false, expected: '2026-11-26T12:00:00Z' } }), Moment)).toMatchObject({ known: false, lateMs: 300_000 });
        expect(nextTick(plainOverview({}, { schedule: { own: false } }), Moment)).toBeUndefined();
    });
});
