import type { OrderStateName, TickRow } from '../../api/types';
import type { Tone } from '../../parts/Badge';

const Orders: Readonly<Record<OrderStateName, Tone>> = {
    filled: 'good', partially_filled: 'info', unfilled: 'quiet', proposed: 'info', blocked: 'warn', rejected: 'bad', unknown: 'bad',
};
const Actions: Readonly<Record<TickRow['action'], Tone>> = { BUY: 'buy', SELL: 'sell', HOLD: 'quiet', ERROR: 'bad' };

export function orderTone(state: OrderStateName): Tone {
    return Orders[state];
}

export function actionTone(action: TickRow['action']): Tone {
    return Actions[action];
}
