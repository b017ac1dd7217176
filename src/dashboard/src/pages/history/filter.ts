import type { OrderStateName, TickRow } from '../../api/types';

export const Actions = ['BUY', 'SELL', 'HOLD', 'ERROR'] as const;
export const OrderStates: readonly OrderStateName[] = ['filled', 'partially_filled', 'unfilled', 'blocked', 'rejected', 'proposed', 'unknown'];

/** What is asked of the rows. Decision and time are asked of the server; order and text of what it has answered. */
export interface Filter {
    /** None asks for all of them. */
    readonly actions: readonly NonNullable<TickRow['action']>[];
    readonly order: 'any' | 'with' | 'without' | OrderStateName;
    readonly text: string;
    /** Days in the browser's zone, `2026-11-26`; both of them belong to the stretch. Empty is open. */
    readonly from: string;
    readonly to: string;
}

export const NoFilter: Filter = { actions: [], order: 'any', text: '', from: '', to: '' };

export function isFiltered(filter: Filter): boolean {
    return filter.actions.length > 0 || filter.order !== 'any' || filter.text.trim() !== '' || filter.from !== '' || filter.to !== '';
}

/** What the server is asked for: decision and time. */
export function askedOf(filter: Filter): { action?: string; from?: string; to?: string } {
    return {
        ...(filter.actions.length > 0 ? { action: Actions.filter((action) => filter.actions.includes(action)).join(',') } : {}),
        ...(startOfDay(filter.from) === undefined ? {} : { from: startOfDay(filter.from)!.toISOString() }),
        ...(startOfDay(filter.to) === undefined ? {} : { to: endOfDay(startOfDay(filter.to)!).toISOString() }),
    };
}

/**
 * What the server is not asked: every word of the text stands somewhere in the row, in whatever case.
 * @param said the row's words as the page shows them, so that what is read can be searched for
 */
export function matches(row: TickRow, filter: Filter, said = ''): boolean {
    return matchesOrder(row, filter.order) && matchesText(row, filter.text, said);
}

function matchesOrder({ order_state: state }: TickRow, wanted: Filter['order']): boolean {
    if (wanted === 'any') return true;
    if (wanted === 'with') return state !== undefined;
    return wanted === 'without' ? state === undefined : state === wanted;
}

function matchesText(row: TickRow, text: string, said: string): boolean {
    const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return true;
    const all = [row.tick, row.mode, row.action, row.reason, row.error, row.order_state, row.client_order_id, said].join(' ').toLocaleLowerCase();
    return words.every((word) => all.includes(word));
}

function startOfDay(day: string): Date | undefined {
    const [year, month, date] = day.split('-').map(Number);
    if (!year || !month || !date) return undefined;
    const start = new Date(year, month - 1, date);
    return Number.isNaN(start.getTime()) ? undefined : start;
}

// Not 24 hours later: twice a year a day has 23 or 25 of them.
function endOfDay(start: Date): Date {
    return new Date(start.getFullYear(), start.getMonth(), start.getDate() + 1, 0, 0, 0, -1);
}
