import type { Equity, Trade } from '../api/types';
import type { CurvePoint, TradeMark } from './chartSpec';
import { nearest, type Timed } from './slots';

/** Seconds since 1970, whole, because the charts count in them. */
export function secondsOf(time: string): number {
    return Math.floor(Date.parse(time) / 1000);
}

/**
 * The curve as numbers for pixels, oldest first, one point a second at most. Pixels do not need exact decimals; what is written in figures is
 * taken from `source`.
 */
export function curveOf(equity: Equity): CurvePoint[] {
    const byTime = new Map<number, CurvePoint>();
    for (const point of equity.points) {
        const time = secondsOf(point.t);
        const [price, value] = [Number(point.price), Number(point.value)];
        byTime.set(time, {
            time, price, value,
            hold: Number(point.hold),
            cash: Number(point.cash),
            deviation: Number(point.deviation),
            drawdown: Number(point.drawdown),
            source: point,
            ...(point.avg_cost === undefined ? {} : { avgCost: Number(point.avg_cost) }),
        });
    }
    return [...byTime.values()].sort((left, right) => left.time - right.time);
}

/** The trades as marks on the points nearest to them, in order of time; those outside the curve are left out. */
export function marksOf(trades: readonly Trade[], points: readonly Timed[]): TradeMark[] {
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last) return [];
    const marks = new Map<string, { time: number; side: Trade['side']; quote: number; base: number; count: number }>();
    const margin = 900;
    for (const trade of trades) {
        const at = secondsOf(trade.time);
        if (at < first.time - margin || at > last.time + margin) continue;
        const time = points[nearest(points, at)]!.time;
        const key = `${time}/${trade.side}`;
        const mark = marks.get(key) ?? { time, side: trade.side, quote: 0, base: 0, count: 0 };
        mark.quote += Number(trade.quote_quantity);
        mark.base += Number(trade.quantity);
        mark.count++;
        marks.set(key, mark);
    }
    return [...marks.values()]
        .map(({ time, side, quote, base, count }) => ({ time, side, count, price: base > 0 ? quote / base : 0 }))
        .sort((left, right) => left.time - right.time || left.side.localeCompare(right.side));
}

/** Keeps first, last, lowest and highest of each bucket, so that no extreme is lost; at most `most` points. In order of time, as they came. */
export function thin<T>(points: readonly T[], most: number, valueOf: (point: T) => number): T[] {
    if (points.length <= most) return [...points];
    const buckets = Math.max(1, Math.floor(most / 4));
    const kept = new Set<number>();
    for (let bucket = 0; bucket < buckets; bucket++) {
        const [from, to] = [Math.floor(bucket * points.length / buckets), Math.floor((bucket + 1) * points.length / buckets)];
        let [low, high] = [from, from];
        for (let index = from; index < to; index++) {
            if (valueOf(points[index]!) < valueOf(points[low]!)) low = index;
            if (valueOf(points[index]!) > valueOf(points[high]!)) high = index;
        }
        for (const index of [from, low, high, to - 1]) kept.add(index);
    }
    return [...kept].sort((left, right) => left - right).map((index) => points[index]!);
}
