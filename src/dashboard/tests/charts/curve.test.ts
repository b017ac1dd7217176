import { describe, expect, it } from 'vitest';
import { decimal } from '../../src/api/decimal';
import type { Equity, Trade } from '../../src/api/types';
import { curveOf, marksOf, thin } from '../../src/charts/curve';

const point = (t: string, value: string): Equity['points'][number] => ({
    t, price: decimal('2.5'), base: decimal('100'), quote: decimal('150'), value: decimal(value), hold: decimal('401'), cash: decimal('400'), deviation: decimal('0.125'),
    drawdown: decimal('-0.01'),
});
const equity = (...points: Equity['points']): Equity => ({ step: 'tick', points, target_ratio: decimal('0.5'), threshold: decimal('0.01') } as Equity);

describe('curveOf', () => {
    it('is in order of time, with one point a second at most, and keeps what the server said', () => {
        const [first, second, doubled] = [point('2026-01-01T00:00:00Z', '1'), point('2026-01-01T00:15:00.2Z', '2'), point('2026-01-01T00:15:00.9Z', '3')];
        const curve = curveOf(equity(doubled, first, second));
        expect(curve.map(({ time }) => time)).toEqual([1_767_225_600, 1_767_226_500]);
        expect(curve[0]).toMatchObject({ value: 1, price: 2.5, deviation: 0.125, drawdown: -0.01 });
        expect(curve[0]!.source).toBe(first);
        expect('avgCost' in curve[0]!).toBe(false);
    });
});

describe('marksOf', () => {
    const points = [{ time: 1000 }, { time: 1900 }, { time: 2800 }];
    const trade = (seconds: number, side: Trade['side'], quantity: string, price: string): Trade => ({
        id: String(seconds), time: new Date(seconds * 1000).toISOString(), side, price: decimal(price), quantity: decimal(quantity),
        quote_quantity: decimal(String(Number(quantity) * Number(price))), fee: decimal('0'), fee_asset: 'USDT', order_id: 'o',
    });

    it('puts a trade on the point nearest to it, several of one side into one mark at their average price', () => {
        expect(marksOf([trade(1890, 'BUY', '1', '2'), trade(1910, 'BUY', '3', '4'), trade(1910, 'SELL', '1', '5')], points)).toEqual([
            { time: 1900, side: 'BUY', price: 3.5, count: 2 }, { time: 1900, side: 'SELL', price: 5, count: 1 },
        ]);
    });

    it('leaves out what lies before or after the curve', () => {
        expect(marksOf([trade(10, 'BUY', '1', '2'), trade(9999, 'SELL', '1', '2')], points)).toEqual([]);
        expect(marksOf([trade(10, 'BUY', '1', '2')], [])).toEqual([]);
    });
});

describe('thin', () => {
    const values = Array.from({ length: 1000 }, (_, index) => (index === 333 ? 99 : index === 777 ? -99 : Math.sin(index)));

    it('keeps first, last, lowest and highest, in order, within the number asked for', () => {
        const kept = thin(values, 100, (value) => value);
        expect(kept.length).toBeLessThanOrEqual(100);
        expect(kept).toContain(99);
        expect(kept).toContain(-99);
        expect([kept[0], kept.at(-1)]).toEqual([values[0], values.at(-1)]);
        const places = kept.map((value) => values.indexOf(value));
        expect(places).toEqual([...places].sort((left, right) => left - right));
    });

    it('leaves few points alone', () => expect(thin([3, 1, 2], 3, (value) => value)).toEqual([3, 1, 2]));
});
