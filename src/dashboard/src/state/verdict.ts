import type { Overview } from '../api/types';
import { sign } from '../format/decimal';
import { LateMs, nextTick } from './schedule';

/** What the owner should know or do, gravest first. */
export type Concern =
    | 'unknown-order' // an order's outcome is not known
    | 'unproven' // the books do not balance
    | 'trading-error' // where trading stands could not be read
    | 'books-error' // the books could not be read
    | 'stale' // no tick for too long
    | 'failed' // the newest tick failed
    | 'lost' // the page does not follow the server
    | 'halted'
    | 'overdue' // the next tick is late
    | 'wallet' // deposits and withdrawals could not be read
    | 'proposal' // an order waits for approval
    | 'first'; // no tick yet

export type Gravity = 'bad' | 'warn' | 'info';

const Gravities: Readonly<Record<Concern, Gravity>> = {
    'unknown-order': 'bad', unproven: 'bad', 'trading-error': 'bad', 'books-error': 'bad', stale: 'bad', failed: 'bad', lost: 'warn', halted: 'warn', overdue: 'warn', wallet: 'warn',
    proposal: 'info', first: 'info',
};

export function gravityOf(concern: Concern): Gravity {
    return Gravities[concern];
}

/** @param lineLost whether the events have not been followed for so long that what is shown may be old. */
export function concernsOf(overview: Overview, nowMs: number, lineLost: boolean): Concern[] {
    const { trading, books } = overview;
    const next = nextTick(overview, nowMs);
    const holds: [Concern, boolean][] = [
        ['unknown-order', trading.open_order !== undefined],
        ['unproven', books?.books === 'unproven'],
        ['trading-error', overview.trading_error !== undefined || overview.plan_error !== undefined],
        ['books-error', overview.books_error !== undefined],
        ['stale', overview.stale],
        ['failed', overview.last_failure !== undefined || sign(trading.failures) > 0],
        ['lost', lineLost],
        ['halted', trading.halt !== undefined],
        ['overdue', !overview.stale && next !== undefined && next.known && next.lateMs > LateMs],
        ['wallet', books?.wallet_problem !== undefined],
        ['proposal', trading.proposal !== undefined && trading.proposal.approved_by === undefined && Date.parse(trading.proposal.expires) > nowMs],
        ['first', overview.last_tick === undefined],
    ];
    return holds.filter(([, is]) => is).map(([concern]) => concern);
}

/** The gravest; `good` when there is nothing. */
export function verdictOf(concerns: readonly Concern[]): Gravity | 'good' {
    const all = concerns.map(gravityOf);
    return all.includes('bad') ? 'bad' : all.includes('warn') ? 'warn' : all.includes('info') ? 'info' : 'good';
}
