import type { Decimal } from '../src/api/decimal';
import { add, multiply, round, subtract } from '../src/format/decimal';
import { chanceFrom, places } from './numbers';

/** One tick of the mock's past: what was there, what was decided, what was traded. Decimals add up exactly. */
export interface WorldTick {
    at: number;
    id: string;
    price: Decimal;
    /** Before the tick's trade. */
    base: Decimal;
    quote: Decimal;
    action: 'HOLD' | 'BUY' | 'SELL';
    /** 0 for HOLD. */
    quantity: Decimal;
    /** Of the trade, in quote; 0 for HOLD. */
    fee: Decimal;
    /** Set when the tick failed: then nothing was decided. */
    error?: string;
    averageCost: Decimal;
    realized: Decimal;
}

export const Policy = { targetRatio: '0.5' as Decimal, threshold: '0.01' as Decimal, minNotional: '5' as Decimal };
export const FeeRate = '0.0005' as Decimal;
export const TickMs = 15 * 60_000;
const Days = 90;

/** 90 days of ticks up to `until`, oldest first; the same for the same `until`. */
export function makeWorld(until: number): WorldTick[] {
    const chance = chanceFrom(7);
    const last = Math.floor(until / TickMs) * TickMs;
    const count = (Days * 24 * 60) / 15;
    const ticks: WorldTick[] = [];
    let logPrice = Math.log(0.05);
    let wild = 1;
    let [base, quote, cost, realized] = ['10000', '500', '0.05', '0'] as Decimal[] as [Decimal, Decimal, Decimal, Decimal];
    for (let index = 0; index < count; index++) {
        const at = last - (count - 1 - index) * TickMs;
        const gauss = chance() + chance() + chance() + chance() - 2;
        wild = 0.98 * wild + 0.02 * (0.5 + chance() * 1.6) + (chance() > 0.998 ? 1.5 : 0);
        logPrice += gauss * 0.006 * wild + (Math.log(0.052) - logPrice) * 0.0006;
        const price = places(Math.exp(logPrice), 5);
        const id = `15-min-job/${new Date(at).toISOString().slice(0, 19)}Z`;
        if (chance() > 0.9988) {
            ticks.push({ at, id, price, base, quote, action: 'HOLD', quantity: zero, fee: zero, error: 'the exchange did not answer within 10 s', averageCost: cost, realized });
            continue;
        }
        const tick = decide(at, id, price, base, quote, cost, realized);
        ticks.push(tick);
        const value = multiply(tick.quantity, price);
        if (tick.action === 'SELL') {
            realized = add(realized, subtract(multiply(subtract(price, cost), tick.quantity), tick.fee));
            [base, quote] = [subtract(base, tick.quantity), subtract(add(quote, value), tick.fee)];
        } else if (tick.action === 'BUY') {
            const spent = add(value, tick.fee);
            const held = add(base, tick.quantity);
            cost = places((Number(multiply(cost, base)) + Number(spent)) / Number(held), 12);
            [base, quote] = [held, subtract(quote, spent)];
        }
        realized = round(realized, 12);
    }
    return ticks;
}

const zero = '0' as Decimal;

function decide(at: number, id: string, price: Decimal, base: Decimal, quote: Decimal, averageCost: Decimal, realized: Decimal): WorldTick {
    const baseValue = multiply(base, price);
    const total = add(baseValue, quote);
    const delta = Number(baseValue) - Number(total) * Number(Policy.targetRatio);
    const acts = Math.abs(delta) >= Number(Policy.minNotional) && Math.abs(delta) / Number(total) >= Number(Policy.threshold);
    const quantity = acts ? places(Math.floor((Math.abs(delta) / Number(price)) * 100) / 100, 2) : zero;
    const action = !acts ? 'HOLD' : delta > 0 ? 'SELL' : 'BUY';
    return { at, id, price, base, quote, action, quantity, fee: round(multiply(multiply(quantity, price), FeeRate), 8), averageCost, realized };
}
