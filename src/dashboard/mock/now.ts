import type { Decimal } from '../src/api/decimal';
import { absolute, add, multiply, round, subtract } from '../src/format/decimal';
import { exact, places } from './numbers';
import type { Routes } from './server';
import type { MockState } from './state';
import { FeeRate, Policy, TickMs, type WorldTick } from './world';

export const iso = (ms: number): string => new Date(ms).toISOString();

/** What a plan's record holds, with its explanation. */
export function planOf(tick: WorldTick, mode: string): Record<string, unknown> {
    const baseValue = multiply(tick.base, tick.price);
    const total = add(baseValue, tick.quote);
    const target = multiply(total, Policy.targetRatio);
    const delta = subtract(baseValue, target);
    const notional = absolute(delta);
    const deviation = places(Number(notional) / Number(total), 28);
    const coins = tick.action === 'SELL' ? tick.base : tick.quote;
    const check = (name: string, value: Decimal, limit: Decimal, passed: boolean): unknown => ({ name, value: exact(value), limit: exact(limit), passed });
    const reason = tick.action === 'HOLD' ? 'Within threshold' : tick.action === 'SELL' ? 'QRL above target' : 'QRL below target';
    const shown = places(Number(deviation) * 100, 2);
    const headline = `${tick.action}: ${shown} % from target, threshold 1 %; ${places(Number(notional), 2)} USDT, minimum 5`;
    const line = (key: string, label: string, sum: string, value: Decimal, unit: string): unknown => ({ key, label, sum, value: exact(value), unit });
    return {
        tick: tick.id, task: '15-min-job', mode, timestamp: iso(tick.at + 320), action: tick.action, quantity: exact(tick.quantity),
        notional_usdt: exact(notional), reason, price: exact(tick.price), base_balance: exact(tick.base), quote_balance: exact(tick.quote),
        base_free: exact(tick.base), quote_free: exact(tick.quote), base_value: exact(baseValue), quote_value: exact(tick.quote), total_value: exact(total),
        target_value: exact(target), target_ratio: exact(Policy.targetRatio), deviation: exact(deviation), threshold: exact(Policy.threshold),
        min_notional: exact(Policy.minNotional), fee_rate: exact(FeeRate), quantity_step: exact('0.01'),
        checks: [
            check('price', tick.price, '0' as Decimal, true),
            check('total_value', total, '0' as Decimal, true),
            check('min_notional', notional, Policy.minNotional, Number(notional) >= 5),
            check('threshold', deviation, Policy.threshold, Number(deviation) >= 0.01),
            ...(tick.action === 'HOLD' ? [] : [
                check(tick.action === 'SELL' ? 'free_base' : 'free_quote', coins, '0' as Decimal, true),
                check('exchange_min_quantity', tick.quantity, '0.01' as Decimal, true),
                check('exchange_min_notional', multiply(tick.quantity, tick.price), '1' as Decimal, true),
            ]),
        ],
        explanation: {
            headline,
            lines: [
                line('price', 'Price', 'last trade, within bid and ask', tick.price, 'USDT'),
                line('total', 'Total value', `${tick.base} × ${tick.price} + ${tick.quote} = ${total} USDT`, total, 'USDT'),
                line('target', 'Target', `${total} × 0.5 = ${target} USDT`, target, 'USDT'),
                line('difference', 'Difference', `${baseValue} − ${target} = ${delta} USDT`, delta, 'USDT'),
                line('deviation', 'Deviation', `${notional} / ${total} = ${shown} %`, deviation, 'ratio'),
            ],
        },
    };
}

export const newest = (state: MockState): WorldTick => state.world.filter((tick) => tick.error === undefined).at(-1)!;
const valueOf = (tick: WorldTick): Decimal => add(multiply(tick.base, tick.price), tick.quote);

export function tradingOf(state: MockState): Record<string, unknown> {
    const tick = newest(state);
    return {
        mode: state.mode, configured_mode: state.configuredMode, settings: state.settings, day_notional: exact('48.27'), day_orders: 3, failures: state.failing ? 2 : 0,
        last_order_at: iso(tick.at - 4 * TickMs),
        ...(state.halt ? { halt: state.halt } : {}),
        ...(state.proposal ? { proposal: {
            tick: tick.id, side: 'SELL', quantity: exact('214.37'), price: exact(tick.price), at: iso(state.now() - 6 * 60_000), expires: iso(state.now() + 24 * 60_000),
        } } : {}),
        ...(state.unknownOrder ? { open_order: {
            client_order_id: 'ballast-7f3a9c1e', tick: tick.id, side: 'BUY', type: 'IMMEDIATE_OR_CANCEL', quantity: exact('204.11'), limit_price: exact('0.05391'),
            at: iso(state.now() - 9 * 60_000), not_found: 1,
        } } : {}),
    };
}

export function booksOf(state: MockState): Record<string, unknown> {
    const tick = newest(state);
    return {
        base: 'QRL', quote: 'USDT', books: state.unproven ? 'unproven' : 'balanced', quantity: exact(tick.base), avg_cost: exact(tick.averageCost),
        realized_pnl: exact(tick.realized), fees: exact('1.28640213'), uncovered: 0, opening_quantity: 10000, opening_quote: 500, opening_cost: exact('0.05'),
        opening_cost_assumed: true,
        ...(state.unproven ? {
            unproven_reason: 'the account holds 120.5 QRL more than the books explain', unproven_since: iso(state.now() - 3 * 3_600_000),
            unproven_base: exact('120.5'), unproven_quote: 0,
        } : {}),
    };
}

export function profitOf(state: MockState): Record<string, unknown> {
    const tick = newest(state);
    const [value, fees] = [valueOf(tick), '-1.28640213' as Decimal];
    const change = subtract(value, '1000' as Decimal);
    const market = round(multiply(subtract(tick.price, '0.05' as Decimal), '10000' as Decimal), 8);
    const unproven = (state.unproven ? multiply('120.5' as Decimal, tick.price) : '0') as Decimal;
    return {
        since: iso(state.world[0]!.at), start_value: exact('1000'), value: exact(value), moved: 0, change: exact(change), market: exact(market),
        rebalancing: exact(subtract(subtract(subtract(change, market), fees), unproven)), fees: exact(fees), transfers: 0, corrections: 0, unproven: exact(unproven),
        buy_and_hold: exact(add(multiply('10000' as Decimal, tick.price), '500' as Decimal)), all_quote: 1000, outside_fees: 0,
    };
}

function overview(state: MockState): unknown {
    const tick = newest(state);
    const head = {
        now: iso(state.now()), symbol: 'QRLUSDT', base: 'QRL', quote: 'USDT', environment: 'Development', exchange: state.exchange,
        ...(state.exchange === 'paper' ? { market: 'synthetic' } : {}), version: '1.4.0', mode: state.mode, configured_mode: state.configuredMode,
        trading: tradingOf(state), schedule: { own: true, every_minutes: 15, next: iso(tick.at + TickMs + (state.stale ? 4 * TickMs : 0)) },
        stale: state.stale, sparkline: [], version_tag: String(state.tag),
    };
    if (state.empty) return head;
    const dayAgo = state.world.at(-97)!;
    const [value, from] = [valueOf(tick), valueOf(dayAgo)];
    const at = state.stale ? tick.at - 4 * TickMs : tick.at;
    return {
        ...head,
        last_tick: { tick: tick.id, task: '15-min-job', timestamp: iso(at), status: state.failing ? 'partial' : 'success', mode: state.mode },
        plan: planOf(tick, state.mode),
        unrealized_pnl: exact(multiply(subtract(tick.price, tick.averageCost), tick.base)),
        ...(state.failing ? { last_failure: { tick: tick.id, timestamp: iso(at), error: 'the order book is one-sided: nobody asks' } } : {}),
        books: booksOf(state), profit: profitOf(state),
        day: {
            from: iso(dayAgo.at), value_from: exact(from), value: exact(value), moved: 0, change: exact(subtract(value, from)),
            change_ratio: exact(places(Number(value) / Number(from) - 1, 18)), proven: !state.unproven,
        },
        sparkline: state.world.slice(-96).map((point) => ({ t: iso(point.at), v: exact(valueOf(point)) })),
    };
}

export const nowRoutes: Routes = {
    'GET /overview': ({ state }) => overview(state),
    'GET /trading': ({ state }) => tradingOf(state),
};
