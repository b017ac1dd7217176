import { decimal } from '../src/api/decimal';
import type { Explanation, Plan, TickRow, Trade } from '../src/api/types';
import { thin } from '../src/charts/curve';
import { add, multiply, subtract } from '../src/format/decimal';
import { Refused, type Call, type Routes } from './server';
import { checksOf, pastOf, type Recorded } from './past';

/** GET /ticks, /tick, /equity, /trades, /orders. */
export const historyRoutes: Routes = {
    'GET /ticks': (call) => {
        const [from, to] = ends(call);
        const actions = call.query.get('action')?.split(',');
        const past = pastOf(call.state);
        const rows = [...past.ticks].slice(-2976).reverse().map(({ row }) => row)
            .filter((row) => within(row.timestamp, from, to) && (!actions || actions.includes(row.action ?? 'ERROR')));
        return page<TickRow>(rows, call, (row) => row.tick);
    },
    'GET /tick': (call) => {
        const past = pastOf(call.state);
        const found = past.ticks.slice(-2976).find(({ row }) => row.tick === call.query.get('id'));
        if (!found) throw new Refused(404, 'this tick is no longer kept');
        return { plan: planOf(found), ...(found.order ? { order: found.order } : {}) };
    },
    'GET /equity': (call) => {
        const [from, to] = ends(call);
        const past = pastOf(call.state);
        const hourly = from < past.now - 31 * 86_400_000;
        const points = past.moments.filter(({ at }) => at >= from && at <= to && (!hourly || at % 3_600_000 === 0)).map(({ point }) => point);
        return {
            from: points[0]?.t ?? new Date(from || past.now).toISOString(), to: points.at(-1)?.t ?? new Date(past.now).toISOString(), step: hourly ? 'hour' : 'tick',
            points: thin(points, Number(call.query.get('points') ?? 600), (point) => Number(point.value)), target_ratio: '0.5', threshold: '0.01',
        };
    },
    'GET /trades': (call) => {
        const [from, to] = ends(call);
        const limit = Number(call.query.get('limit') ?? 2000);
        const items: Trade[] = pastOf(call.state).trades.filter(({ time }) => within(time, from, to));
        return { items: items.slice(-limit), truncated: items.length > limit };
    },
    'GET /orders': (call) => page([...pastOf(call.state).orders].reverse(), call, (order) => order.client_order_id),
};

/** A page of what stands newest first: `limit` from behind the cursor `before` on. */
export function page<T>(all: readonly T[], call: Call, idOf: (item: T) => string): { items: T[]; next?: string } {
    const limit = Number(call.query.get('limit') ?? 200);
    const before = call.query.get('before');
    const start = before === null ? 0 : all.findIndex((item) => idOf(item) === before) + 1;
    const items = all.slice(start, start + limit);
    return { items, ...(start + limit < all.length ? { next: idOf(items.at(-1)!) } : {}) };
}

function ends({ query }: Call): [number, number] {
    return [Date.parse(query.get('from') ?? '1970-01-01T00:00:00Z'), Date.parse(query.get('to') ?? '9999-01-01T00:00:00Z')];
}

function within(time: string, from: number, to: number): boolean {
    return Date.parse(time) >= from && Date.parse(time) <= to;
}

function planOf(recorded: Recorded): Plan {
    const { row, base, quote } = recorded;
    if (row.action === 'ERROR') {
        const error = row.error ?? '';
        const lines = [{ key: 'error', label: 'Why there is no plan', sum: error }];
        return { tick: row.tick, task: row.task, mode: row.mode, timestamp: row.timestamp, status: 'error', error, explanation: { headline: `NO PLAN: ${error}`, lines } };
    }
    const { action, order_state: _, client_order_id: __, error: ___, ...rest } = row;
    return {
        ...rest, ...(action ? { action } : {}), base_balance: base, quote_balance: quote, base_free: base, quote_free: quote, base_value: multiply(base, row.price!), quote_value: quote,
        target_value: multiply(row.total_value!, decimal('0.5')), target_ratio: decimal('0.5'), min_notional: decimal('5'), fee_rate: decimal('0.0005'),
        quantity_step: decimal('0.01'), checks: checksOf(recorded), explanation: explain(recorded),
    };
}

function explain({ row, base, quote, order }: Recorded): Explanation {
    const [price, worth, total] = [row.price!, multiply(base, row.price!), row.total_value!];
    const target = multiply(total, decimal('0.5'));
    const line = (key: string, label: string, sum: string, value?: string, unit = 'USDT') => ({ key, label, sum, ...(value === undefined ? {} : { value: decimal(value), unit }) });
    const percent = (Number(row.deviation) * 100).toFixed(2);
    return {
        headline: `${row.action}: ${percent} % from target, threshold 1 %; ${Number(row.notional_usdt).toFixed(2)} USDT, minimum 5`,
        lines: [
            line('price', 'Price', `last trade, within bid and ask: ${price} USDT`, price),
            line('base_value', 'Value of the coins', `${base} × ${price} = ${worth} USDT`, worth),
            line('total', 'Total value', `${worth} + ${quote} = ${add(worth, quote)} USDT`, total),
            line('target', 'Target', `${total} × 0.5 = ${target} USDT`, target),
            line('difference', 'Difference', `${worth} − ${target} = ${subtract(worth, target)} USDT`, subtract(worth, target)),
            line('deviation', 'Deviation', `${row.notional_usdt} / ${total} = ${row.deviation}, threshold 0.01`, row.deviation, ''),
            line('notional', 'Notional', `${row.notional_usdt} USDT, minimum 5 USDT`, row.notional_usdt),
            ...(row.action === 'HOLD' ? [] : [line('quantity', 'Quantity', `${row.notional_usdt} / ${price}, rounded down to 0.01 = ${row.quantity} QRL`, row.quantity, 'QRL')]),
            line('result', 'Result', `${row.action}: ${row.reason}`),
            ...(order ? [line('order', 'Order', `${order.state}: ${order.executed_quantity} of ${order.quantity} QRL${order.average_price ? ` at ${order.average_price}` : ''}`)] : []),
        ],
    };
}
