import { iso } from './now';
import { exact } from './numbers';
import { Refused, type Call, type Routes } from './server';

function doctor({ state }: Call): unknown {
    const line = (name: string, status: string, says: string, ms?: number, fix?: string): Record<string, unknown> =>
        ({ name, status, says, ...(fix === undefined ? {} : { fix }), ...(ms === undefined ? {} : { ms }) });
    const lines = [
        line('configuration', 'pass', '18 settings read, none mistaken', 1),
        line('store', 'pass', 'Garnet 2.2.8, answered in 1 ms', 1),
        line('persistence', 'pass', 'append-only file on, last write fine', 2),
        line('clock', 'pass', '12 ms behind the exchange', 38),
        line('keys', state.exchange === 'paper' ? 'skipped' : 'pass', state.exchange === 'paper' ? 'the paper exchange has keys of its own' : 'valid, may trade, may not withdraw', 40),
        line('symbol', 'pass', 'QRLUSDT trades through the API', 22),
        line('rules', 'pass', 'minimum 1 USDT, step 0.01 QRL; the policy asks for 5 USDT', 22),
        line('balances', 'warn', '6.12 USDT are free; a purchase of 5 USDT leaves 1.12 for fees', 31, 'deposit USDT, or raise Ballast:Safety:QuoteReserve'),
        line('last tick', state.stale ? 'fail' : 'pass', state.stale ? '68 min ago, expected every 15' : '3 min ago, expected every 15', 1,
            state.stale ? 'look at the scheduler: does it call POST /tasks/runtime?' : undefined),
        line('halt', state.halt ? 'warn' : 'pass', state.halt ? `halted by ${state.halt.by}: ${state.halt.reason}` : 'not halted', 1, state.halt ? 'ballast resume --reason "…"' : undefined),
        line('books', state.unproven ? 'fail' : 'pass', state.unproven ? 'the account holds 120.5 QRL more than the books explain' : 'balanced to the last unit', 1,
            state.unproven ? 'ballast books resolve --as transfer --reason "…"' : undefined),
    ];
    const count = (status: string): number => lines.filter((each) => each['status'] === status).length;
    return { ran_at: iso(state.now() - 2_000), lines, summary: { pass: count('pass'), warn: count('warn'), fail: count('fail') } };
}

type Argument = [says: string, least: number, most: number, usual: number | null, whole: boolean];
const kinds: [name: string, says: string, argument?: Argument][] = [
    ['latency', 'requests wait before they are carried out, even when the client has gone meanwhile', ['milliseconds', 1, 600_000, null, true]],
    ['banned', 'HTTP 418 with Retry-After', ['seconds in Retry-After', 0, 259_200, 120, true]],
    ['too-many-requests', 'HTTP 429 with Retry-After', ['seconds in Retry-After', 0, 259_200, 1, true]],
    ['maintenance', "HTTP 503 with the exchange's maintenance text"],
    ['server-error', 'HTTP 5xx, empty unless a body is given; nothing is carried out', ['HTTP status', 500, 599, 500, true]],
    ['drop', 'the connection breaks; nothing is carried out'],
    ['drop-after', 'the request is carried out and its answer is lost with the connection'],
    ['garbage', 'the request is carried out and its answer ends in the middle'],
    ['frozen', 'the market stands still while its time goes on'],
    ['crash', 'every price is multiplied by less than 1, for a minute unless told otherwise', ['factor', 0.01, 0.99, 0.7, false]],
    ['gap-up', 'every price is multiplied by more than 1', ['factor', 1.01, 100, 1.3, false]],
    ['wide-spread', 'bids and asks draw back from the last price', ['gap as a fraction of the last price', 0.001, 1.5, 0.1, false]],
    ['no-bids', 'the market bids nothing'],
    ['half-fills', 'orders get a part of what they could', ['fraction of it', 0.01, 0.99, 0.5, false]],
    ['suspended', 'the pair is paused: orders are refused with 30016'],
    ['clock-skew', "the exchange's clock is off: its time, and what it takes for a fresh timestamp", ['milliseconds; negative is slow', -86_400_000, 86_400_000, null, true]],
    ['late-trades', 'myTrades does not show the youngest trades yet', ['seconds until they are shown', 1, 86_400, 60, false]],
];

function argumentOf([says, least, most, usual, whole]: Argument): unknown {
    return { says, least, most, usual, whole };
}

const faultsOf = ({ state }: Call): unknown => {
    if (state.exchange !== 'paper') throw new Refused(404, 'there is no paper exchange');
    return { kinds: kinds.map(([name, says, argument]) => ({ name, says, takes_calls: true, ...(argument === undefined ? {} : { argument: argumentOf(argument) }) })), active: state.faults };
};

export const diagnosisRoutes: Routes = {
    'GET /doctor': doctor,
    'GET /errors': ({ state }) => ({
        items: [...(state.failing ? [{ tick: state.world.at(-1)!.id, timestamp: iso(state.world.at(-1)!.at), error: 'the order book is one-sided: nobody asks' }] : []),
            ...state.world.filter((tick) => tick.error !== undefined).reverse().map((tick) => ({ tick: tick.id, timestamp: iso(tick.at), error: tick.error }))],
    }),
    'GET /latency': () => ({ store: { name: 'Garnet', state: 'ok', latency_ms: 1 }, exchange: { name: 'paper', state: 'ok', latency_ms: 7 }, last_tick_ms: 41 }),
    'GET /paper/faults': faultsOf,
    'POST /paper/faults': (call) => {
        const { kind, argument, for_seconds: seconds } = call.body;
        if (!kinds.some(([name]) => name === kind)) throw new Refused(400, `there is no fault '${String(kind)}'`);
        call.state.faults.push({
            id: String(call.state.tag), kind: String(kind), ...(argument === undefined ? {} : { argument: exact(String(argument)) as number }),
            ...(seconds === undefined ? {} : { until: iso(call.state.now() + Number(seconds) * 1000) }),
        });
        call.state.changed(['settings']);
        return faultsOf(call);
    },
    'DELETE /paper/faults': (call) => {
        call.state.faults = [];
        call.state.changed(['settings']);
        return faultsOf(call);
    },
};
