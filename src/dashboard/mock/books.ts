import { decimal, type Decimal } from '../src/api/decimal';
import type { Books, Movement, Profit } from '../src/api/types';
import { absolute, add, multiply, sign, subtract } from '../src/format/decimal';
import { page } from './history';
import { emptyWorld, Nothing, scenarioOf, type Scenario } from './scenario';
import { Refused, type Routes } from './server';
import { makeWorld } from './world';

/** GET /books, /books/profit, /journal; POST /books/resolve, /books/verify, /books/rebuild; POST /mock/scenario says what is wrong. */
export const bookRoutes: Routes = {
    'GET /books': ({ state }) => booksOf(scenarioOf(state)),
    'GET /books/profit': ({ state, query }) => profitOf(scenarioOf(state), query.get('since')),
    'GET /journal': (call) => page(scenarioOf(call.state).world.journal.toReversed(), call, (line) => JSON.stringify(line).slice(0, 120)),
    'POST /books/resolve': ({ state, body }) => {
        const scenario = scenarioOf(state);
        if (scenario.difference === Nothing && body['asset'] === undefined) throw new Refused(422, 'there is nothing to resolve: the books balance');
        const recorded = resolve(scenario, body);
        state.changed(['books']);
        return { ...booksOf(scenario), recorded };
    },
    'POST /books/verify': ({ state }) => {
        const { world } = scenarioOf(state);
        const movements = world.journal.filter((line) => line.movement).length;
        return { verified: true, trades: world.trades.length, movements, discrepancies: [] };
    },
    'POST /books/rebuild': ({ state }) => booksOf(scenarioOf(state)),
    'POST /mock/scenario': ({ state, body }) => {
        const scenario = scenarioOf(state);
        const name = body['name'];
        scenario.world = name === 'empty' ? emptyWorld(Date.now()) : makeWorld(Date.now());
        scenario.difference = name === 'unproven'
            ? { base: decimal('12.5'), quote: decimal('-3.2'), since: new Date(scenario.world.now - 7_200_000).toISOString() } : Nothing;
        state.changed(['tick', 'books']);
    },
};

function resolve(scenario: Scenario, body: Record<string, unknown>): Movement[] {
    const parts: [Movement['leg'], Decimal][] = body['asset'] === undefined
        ? [['base', scenario.difference.base], ['quote', scenario.difference.quote]]
        : [[body['asset'] === 'QRL' ? 'base' : 'quote', decimal(String(body['amount']))]];
    const price = scenario.world.moments.at(-1)!.price;
    const recorded = parts.filter(([, units]) => sign(units) !== 0).map(([leg, units], index): Movement => ({
        id: `${String(body['kind'])}:${scenario.world.journal.length + index}`, time: new Date().toISOString(), kind: body['kind'] as Movement['kind'], leg, units,
        price: leg === 'quote' ? decimal('1') : body['cost'] === undefined ? price : decimal(String(body['cost'])), reason: String(body['reason']), by: 'operator',
    }));
    for (const movement of recorded) {
        scenario.world.journal.push({ at: movement.time, movement });
        const { difference } = scenario;
        const left = { ...difference, [movement.leg]: subtract(difference[movement.leg], movement.units) };
        scenario.difference = sign(left.base) === 0 && sign(left.quote) === 0 ? Nothing : left;
    }
    return recorded;
}

function booksOf({ world, difference }: Scenario): Books {
    const last = world.moments.at(-1);
    if (!last) throw new Refused(422, 'there are no books yet; the first tick opens them');
    const doubt = difference === Nothing ? {} : {
        unproven_reason: [['base', 'QRL'], ['quote', 'USDT']].filter(([leg]) => sign(difference[leg as 'base']) !== 0).map(([leg, asset]) =>
            `the account holds ${absolute(difference[leg as 'base'])} ${asset} ${sign(difference[leg as 'base']) > 0 ? 'more' : 'less'} than the books explain`).join('; '),
        unproven_since: difference.since!, unproven_base: difference.base, unproven_quote: difference.quote,
    };
    return {
        base: 'QRL', quote: 'USDT', books: difference === Nothing ? 'balanced' : 'unproven', quantity: last.base, avg_cost: world.avgCost, realized_pnl: world.realized,
        fees: world.quoteFees, uncovered: decimal('0'), opening_quantity: decimal('400'), opening_quote: decimal('1000'), opening_cost: decimal('2.41'),
        opening_cost_assumed: true, ...doubt,
    };
}

function profitOf({ world, difference }: Scenario, since: string | null): Profit {
    const start = since === null ? world.moments[0] : world.moments.find(({ at }) => at >= Date.parse(since));
    const end = world.moments.at(-1);
    if (!start || !end) throw new Refused(422, 'there is no point of the curve from then on');
    const flow = (name: keyof typeof end.flows): Decimal => subtract(end.flows[name], start.flows[name]);
    const { price } = end;
    const unproven = add(multiply(difference.base, price), difference.quote);
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
