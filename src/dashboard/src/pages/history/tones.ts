import type { OrderStateName, TickRow } from '../../api/types';
import type { Tone } from '../../parts/Badge';

const Orders: Readonly<Record<OrderStateName, Tone>> = {
    filled: 'good', partially_filled: 'info', unfilled: 'quiet', proposed: 'info', blocked: 'warn', rejected: 'bad', unknown: 'bad',
};
/** What a row stands for: a tick without a decision failed. */
export type RowAction = NonNullable<TickRow['action']>;

const Actions: Readonly<Record<RowAction, Tone>> = { BUY: 'buy', SELL: 'sell', HOLD: 'quiet', ERROR: 'bad' };

export function orderTone(state: OrderStateName): Tone {
    return Orders[state];
}

export function actionTone(action: RowAction): Tone {
    return Actions[action];
}

export function actionOf(row: TickRow): RowAction {
    return row.action ?? 'ERROR';
}
