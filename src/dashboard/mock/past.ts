import { decimal, type Decimal } from '../src/api/decimal';
import type { Check, EquityPoint, Guard, JournalLine, Movement, Order, OrderStateName, Side, TickRow, Trade } from '../src/api/types';
import { absolute, add, multiply, negate, round, sign, subtract } from '../src/format/decimal';
import { chanceFrom } from './numbers';
import type { MockState } from './state';
import { TickMs, type WorldTick } from './world';

const Zero = decimal('0');
const Threshold = 0.01;

/** Sums of everything that happened so far, by cause; as the server keeps them. */
export interface Flows { bought: Decimal; paid: Decimal; fees: Decimal; baseMoved: Decimal; baseMovedValue: Decimal; quoteMoved: Decimal; corrected: Decimal; outside: Decimal }
export interface Moment { at: number; price: Decimal; base: Decimal; quote: Decimal; value: Decimal; flows: Flows; point: EquityPoint }
export interface Recorded { row: TickRow; order?: Order; base: Decimal; quote: Decimal }

/**
 * The same 90 days at the same prices with all that can happen in them: trades that were blocked, cut short or refused, a deposit, a
 * withdrawal, an owner's statements, a night without ticks. Oldest first.
 */
export interface Past {
    now: number;
    ticks: Recorded[];
    moments: Moment[];
    trades: Trade[];
    orders: (Order & { at: string })[];
    journal: JournalLine[];
    avgCost: Decimal;
    realized: Decimal;
    quoteFees: Decimal;
}

const pasts = new WeakMap<MockState, Past>();

export function pastOf(state: MockState): Past {
    if (state.empty) return { now: state.now(), ticks: [], moments: [], trades: [], orders: [], journal: [], avgCost: Zero, realized: Zero, quoteFees: Zero };
    let past = pasts.get(state);
    if (!past) {
        past = makePast(state.world);
        pasts.set(state, past);
    }
    return past;
}

export function makePast(world: readonly WorldTick[], seed = 11): Past {
    const run = new Run(new Date(world[0]!.at).toISOString(), chanceFrom(seed));
    world.forEach(({ at, price }, tick) => {
        // One night the machine was off.
        if (tick > world.length * 0.72 && tick < world.length * 0.72 + 38) return;
        run.tick(at, price, tick / 96);
    });
    return { now: world.at(-1)!.at, ...run.result() };
}

class Run {
    private base = decimal('10000');
    private quote = decimal('500');
    private avg = 0.05;
    private realized = Zero;
    private peak = 0;
    private lastOrder = 0;
    private serial = 0;
    private flows: Flows = { bought: Zero, paid: Zero, fees: Zero, baseMoved: Zero, baseMovedValue: Zero, quoteMoved: Zero, corrected: Zero, outside: Zero };
    private readonly ticks: Recorded[] = [];
    private readonly moments: Moment[] = [];
    private readonly trades: Trade[] = [];
    private readonly orders: (Order & { at: string })[] = [];
    private readonly journal: JournalLine[] = [];

    constructor(at: string, private readonly random: () => number) {
        this.journal.push({ at, opening: { at, base: 'QRL', quote: 'USDT', first_base: this.base, first_quote: this.quote, cost: decimal('0.05'), assumed: true, wallet_from: at } });
    }

    result(): Omit<Past, 'now'> {
        return {
            ticks: this.ticks, moments: this.moments, trades: this.trades, orders: this.orders, journal: this.journal,
            avgCost: text(this.avg, 8), realized: this.realized, quoteFees: this.flows.fees,
        };
    }

    tick(at: number, price: Decimal, day: number): void {
        this.happen(at, price, day);
        const time = new Date(at + 212).toISOString();
        const id = `15-min-job/${new Date(at).toISOString().replace('.000', '')}`;
        const mode = day < 8 ? 'observe' : day < 12 ? 'approve' : 'auto';
        if (this.random() < 0.004) {
            this.ticks.push({ row: { tick: id, task: '15-min-job', timestamp: time, mode, action: 'ERROR', error: 'the exchange did not answer within 5 seconds' }, base: this.base, quote: this.quote });
            return;
        }
        const value = add(multiply(this.base, price), this.quote);
        const delta = subtract(multiply(this.base, price), multiply(value, decimal('0.5')));
        const notional = absolute(delta);
        const deviation = round(text(Number(notional) / Number(value), 12), 12);
        const due = Number(deviation) >= Threshold && Number(notional) >= 5;
        const side: Side = sign(delta) > 0 ? 'SELL' : 'BUY';
        const quantity = due ? floor(Number(notional) / Number(price)) : Zero;
        const row: TickRow = {
            tick: id, task: '15-min-job', timestamp: time, mode, action: due ? side : 'HOLD',
            reason: due ? `QRL ${side === 'SELL' ? 'above' : 'below'} target` : 'Within threshold',
            price, total_value: value, deviation, threshold: text(Threshold), notional_usdt: notional, quantity,
        };
        const recorded: Recorded = { row, base: this.base, quote: this.quote };
        if (due && mode !== 'observe') this.order(recorded, at, side, quantity, price, day);
        this.ticks.push(recorded);
        this.record(at, price);
    }

    private order(recorded: Recorded, at: number, side: Side, quantity: Decimal, price: Decimal, day: number): void {
        const luck = this.random();
        const early = at - this.lastOrder < 3 * TickMs;
        const state: OrderStateName = early ? 'blocked' : day < 12 && luck < 0.5 ? 'proposed' : luck < 0.04 ? 'rejected' : luck < 0.08 ? 'unfilled' : luck < 0.16 ? 'partially_filled' : 'filled';
        const executed = state === 'filled' ? quantity : state === 'partially_filled' ? floor(Number(quantity) * 0.6) : Zero;
        const fill = text(Number(price) * (side === 'BUY' ? 1.0002 : 0.9998), 6);
        const time = new Date(at + 640).toISOString();
        const id = `b${(0x51f00 + this.serial++).toString(16)}`;
        const inMx = day > 50 && day < 58;
        const fee = inMx ? text(Number(executed) * Number(fill) * 0.0004 / 2.9, 8) : multiply(multiply(executed, fill), decimal('0.0005'));
        const order: Order & { at: string } = {
            at: time, state, client_order_id: id, side, type: 'IMMEDIATE_OR_CANCEL', quantity, executed_quantity: executed,
            limit_price: text(Number(price) * (side === 'BUY' ? 1.002 : 0.998), 6), ...(sign(executed) > 0 ? { average_price: fill, fee } : {}),
            reason: reasons[state] ?? state, guards: guards(quantity, price, Math.round((at - this.lastOrder) / 60_000), early),
        };
        Object.assign(recorded, { order });
        recorded.row.order_state = state;
        recorded.row.client_order_id = id;
        if (state !== 'proposed') this.orders.push(order);
        if (sign(executed) > 0) {
            this.lastOrder = at;
            this.fill({ id: `${9_100_000 + this.serial}`, time, side, price: fill, quantity: executed, quote_quantity: multiply(executed, fill), fee, fee_asset: inMx ? 'MX' : 'USDT', order_id: `C02_${id}` });
        }
    }

    private fill(trade: Trade): void {
        const inMx = trade.fee_asset === 'MX';
        if (inMx) trade.fee_value = text(Number(trade.fee) * 2.9, 8);
        const fee = inMx ? Zero : trade.fee;
        const signed = trade.side === 'BUY' ? trade.quantity : negate(trade.quantity);
        const paid = trade.side === 'BUY' ? trade.quote_quantity : negate(trade.quote_quantity);
        if (trade.side === 'BUY')
            this.avg = (this.avg * Number(this.base) + Number(paid) + Number(fee)) / (Number(this.base) + Number(trade.quantity));
        else this.realized = add(this.realized, subtract(multiply(subtract(trade.price, text(this.avg, 8)), trade.quantity), fee));
        this.base = add(this.base, signed);
        this.quote = subtract(subtract(this.quote, paid), fee);
        this.flows = {
            ...this.flows, bought: add(this.flows.bought, signed), paid: add(this.flows.paid, paid), fees: add(this.flows.fees, fee),
            outside: add(this.flows.outside, trade.fee_value ?? Zero),
        };
        this.trades.push(trade);
        this.journal.push({ at: trade.time, trade });
    }

    private happen(at: number, price: Decimal, day: number): void {
        const time = new Date(at).toISOString();
        const change = (what: string, to: string, by: string, reason: string): void => { this.journal.push({ at: time, change: { what, to, by, reason } }); };
        if (day === 8) change('mode', 'approve', 'operator', 'a week of plans looked right');
        if (day === 12) change('mode', 'auto', 'operator', 'approved everything for four days');
        if (day === 30) this.move({ id: 'deposit:77120', time, kind: 'deposit', leg: 'quote', units: decimal('250'), price: decimal('1') });
        if (day === 45) change('settings', 'threshold 0.01', 'operator', 'fewer, larger trades');
        if (day === 54) change('halt', 'halted', 'guards', 'the value fell 15.2 % from its highest');
        if (day === 54.25) change('resume', 'running', 'operator', 'looked at it; the market fell, nothing is wrong');
        if (day === 62) this.move({ id: 'withdrawal:90331', time, kind: 'withdrawal', leg: 'base', units: decimal('-1000'), price });
        if (day === 71) this.move({ id: 'transfer:5b1', time, kind: 'transfer', leg: 'base', units: decimal('300'), price: decimal('0.044'), reason: 'moved in from my wallet', by: 'API' });
        if (day === 78) this.move({ id: 'correction:5b2', time, kind: 'correction', leg: 'quote', units: decimal('-0.37'), price: decimal('1'), reason: 'dust converted by the exchange', by: 'command line' });
    }

    move(movement: Movement): void {
        const [units, worth] = [movement.units, multiply(movement.units, movement.price)];
        if (movement.leg === 'base') {
            if (sign(units) > 0) this.avg = (this.avg * Number(this.base) + Number(worth)) / (Number(this.base) + Number(units));
            this.base = add(this.base, units);
            this.flows = { ...this.flows, baseMoved: add(this.flows.baseMoved, units), baseMovedValue: add(this.flows.baseMovedValue, worth) };
        } else {
            this.quote = add(this.quote, units);
            const field = movement.kind === 'correction' ? 'corrected' : 'quoteMoved';
            this.flows = { ...this.flows, [field]: add(this.flows[field], units) };
        }
        this.journal.push({ at: movement.time, movement });
    }

    private record(at: number, price: Decimal): void {
        const [value, first] = [add(multiply(this.base, price), this.quote), this.moments[0]];
        const { flows } = this;
        const moved = add(add(flows.baseMovedValue, flows.quoteMoved), flows.corrected);
        const bare = Number(value) - Number(moved);
        this.peak = Math.max(this.peak, bare);
        const hold = first ? add(add(multiply(add(first.base, flows.baseMoved), price), first.quote), add(flows.quoteMoved, flows.corrected)) : value;
        this.moments.push({
            at, price, base: this.base, quote: this.quote, value, flows,
            point: {
                t: new Date(at).toISOString(), price, base: this.base, quote: this.quote, value, hold, cash: add(first?.value ?? value, moved),
                deviation: text(Number(multiply(this.base, price)) / Number(value) - 0.5, 8), drawdown: text(bare / this.peak - 1, 8), avg_cost: text(this.avg, 8),
            },
        });
    }
}

const reasons: Readonly<Partial<Record<OrderStateName, string>>> = {
    proposed: 'waits for its owner', blocked: 'min_interval', filled: 'filled', partially_filled: 'the order book offered no more within the price bound',
    unfilled: 'the price had moved away', rejected: '30005: Oversold',
};

function guards(quantity: Decimal, price: Decimal, minutes: number, early: boolean): Guard[] {
    const notional = multiply(quantity, price);
    const guard = (name: string, value: string, limit: string, passed: boolean, sentence: string): Guard => ({ name, value: decimal(value), limit: decimal(limit), passed, sentence });
    return [
        guard('halt', '1', '1', true, 'trading is not halted'),
        guard('mode', '1', '1', true, 'the mode lets orders leave'),
        guard('books_proven', '1', '1', true, 'the books balance, or need not'),
        guard('price_age', '0.21', '15', true, 'seconds since the price was asked for: 0.21, at most 15'),
        guard('spread', '0.0013', '0.01', true, 'gap between bid and ask, as a share of the price: 0.0013, at most 0.01'),
        guard('slippage', '0.0002', '0.005', true, 'how much worse than planned the order would fill, walking the order book: 0.0002, at most 0.005'),
        guard('order_notional_max', notional, '100', true, `value of the order: ${notional}, at most 100`),
        guard('min_interval', String(minutes), '45', !early, `minutes since the last order: ${minutes}, at least 45`),
        guard('drawdown', '0.021', '0.15', true, 'fall of the value from its highest: 0.021, at most 0.15'),
    ];
}

export function checksOf({ row, base, quote }: Recorded): Check[] {
    const check = (name: string, value: Decimal, limit: Decimal): Check => ({ name, value, limit, passed: Number(value) >= Number(limit) && (Number(limit) > 0 || Number(value) > 0) });
    return [
        check('price', row.price!, Zero), check('total_value', row.total_value!, Zero),
        check('min_notional', row.notional_usdt!, decimal('5')), check('threshold', row.deviation!, row.threshold!),
        ...(row.action === 'SELL' ? [check('free_base', base, Zero)] : row.action === 'BUY' ? [check('free_quote', quote, Zero)] : []),
    ];
}

function text(value: number, places = 4): Decimal {
    return round(decimal(value.toFixed(Math.min(20, places))), places);
}

function floor(quantity: number): Decimal {
    return text(Math.floor(quantity * 100) / 100, 2);
}
