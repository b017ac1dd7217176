import { decimal, type Decimal } from '../src/api/decimal';
import type { Books, Movement, Profit } from '../src/api/types';
import { add, multiply, subtract } from '../src/format/decimal';
import { page } from './history';
import { pastOf } from './past';
import { Refused, type Routes } from './server';
import type { MockState } from './state';

/** GET /books, /books/profit, /journal; POST /books/resolve, /books/verify, /books/rebuild. */
export const bookRoutes: Routes = {
    'GET /books': ({ state }) => booksOf(state),
    'GET /books/profit': ({ state, query }) => profitOf(state, query.get('since')),
    'GET /journal': (call) => page(pastOf(call.state).journal.toReversed(), call, (line) => JSON.stringify(line).slice(0, 120)),
    'POST /books/resolve': ({ state, body }) => {
        if (!state.unproven && body['asset'] === undefined) throw new Refused(400, 'there is nothing to resolve: the books balance');
        const recorded = resolve(state, body);
        state.unproven = false;
        state.changed(['books']);
        return { ...booksOf(state), recorded };
    },
    'POST /books/verify': ({ state }) => {
        const { journal, trades } = pastOf(state);
        const discrepancies = state.unknownOrder ? [{ name: 'avg_cost', stored: '0.05012', journalled: '0.05011984' }, { name: 'fees', stored: null, journalled: '0.31' }] : [];
        return { verified: discrepancies.length === 0, trades: trades.length, movements: journal.filter((line) => line.movement).length, discrepancies };
    },
    'POST /books/rebuild': ({ state }) => {
        state.changed(['books']);
        return booksOf(state);
    },
};

/** What the account of a state in doubt holds beyond what its books explain. */
const Beyond = decimal('120.5');

function resolve(state: MockState, body: Record<string, unknown>): Movement[] {
    const past = pastOf(state);
    const [leg, units]: [Movement['leg'], Decimal] = body['asset'] === undefined ? ['base', Beyond] : [body['asset'] === 'QRL' ? 'base' : 'quote', decimal(String(body['amount']))];
    const movement: Movement = {
        id: `${String(body['kind'])}:${past.journal.length}`, time: new Date(state.now()).toISOString(), kind: body['kind'] as Movement['kind'], leg, units,
        price: leg === 'quote' ? decimal('1') : body['cost'] === undefined ? past.moments.at(-1)!.price : decimal(String(body['cost'])), reason: String(body['reason']), by: 'operator',
    };
    past.journal.push({ at: movement.time, movement });
    return [movement];
}

function booksOf(state: MockState): Books {
    const past = pastOf(state);
    const last = past.moments.at(-1);
    if (!last) throw new Refused(400, 'there are no books yet; the first tick opens them');
    return {
        base: 'QRL', quote: 'USDT', books: state.unproven ? 'unproven' : 'balanced', quantity: last.base, avg_cost: past.avgCost, realized_pnl: past.realized,
        fees: past.quoteFees, uncovered: decimal('0'), opening_quantity: decimal('10000'), opening_quote: decimal('500'), opening_cost: decimal('0.05'), opening_cost_assumed: true,
        ...(state.unproven ? {
            unproven_reason: `the account holds ${Beyond} QRL more than the books explain`, unproven_since: new Date(state.now() - 3 * 3_600_000).toISOString(),
            unproven_base: Beyond, unproven_quote: decimal('0'),
        } : {}),
    };
}

function profitOf(state: MockState, since: string | null): Profit {
    const { moments } = pastOf(state);
    const start = since === null ? moments[0] : moments.find(({ at }) => at >= Date.parse(since));
    const end = moments.at(-1);
    if (!start || !end) throw new Refused(400, 'there is no point of the curve from then on');
    const flow = (name: keyof typeof end.flows): Decimal => subtract(end.flows[name], start.flows[name]);
    const { price } = end;
    const unproven = state.unproven ? multiply(Beyond, price) : decimal('0');
    const moved = flow('baseMoved');
    const transfers = add(flow('baseMovedValue'), flow('quoteMoved'));
    const value = add(end.value, unproven);
    return {
        since: new Date(start.at).toISOString(), start_value: start.value, value, change: subtract(value, start.value),
        market: add(multiply(start.base, subtract(price, start.price)), subtract(multiply(moved, price), flow('baseMovedValue'))),
        rebalancing: subtract(multiply(flow('bought'), price), flow('paid')),
        fees: subtract(decimal('0'), flow('fees')), transfers, corrections: flow('corrected'), unproven,
        buy_and_hold: add(add(multiply(add(start.base, moved), price), start.quote), add(flow('quoteMoved'), flow('corrected'))),
        all_quote: add(start.value, add(transfers, flow('corrected'))), outside_fees: flow('outside'),
    };
}
