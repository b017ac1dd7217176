import { dateTime, day } from '../format/dates';
import { amount, percent, price, signedPercent } from '../format/numbers';
import { historyWords as words } from '../i18n/history';
import { written } from './axisWords';
import type { ChartSpec, CurvePoint, TradeMark } from './chartSpec';

interface Surroundings {
    readonly marks: readonly TradeMark[];
    readonly threshold: number;
    readonly quote: string;
}

/** What is to be seen in a chart, in a sentence: for those who do not see it, and as its caption for those who do. */
export function summaryOf(chart: ChartSpec['key'], points: readonly CurvePoint[], around: Surroundings): string {
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last) return words('noCurve');
    if (first === last) return words('onlyOne');
    switch (chart) {
        case 'value': return valueSummary(first, last, around.quote);
        case 'price': return priceSummary(points, first, last, around.marks);
        case 'deviation': return deviationSummary(points, last, around.threshold);
        case 'drawdown': return drawdownSummary(points, last);
    }
}

function valueSummary(first: CurvePoint, last: CurvePoint, quote: string): string {
    return words('sum_value', {
        from: day(first.source.t), to: day(last.source.t), first: amount(first.source.value), last: amount(last.source.value, quote),
        change: growth(first.value, last.value), hold: amount(last.source.hold, quote), quote, cash: amount(last.source.cash, quote),
    });
}

function priceSummary(points: readonly CurvePoint[], first: CurvePoint, last: CurvePoint, marks: readonly TradeMark[]): string {
    const [low, high] = extremes(points, (point) => point.price);
    const count = (side: TradeMark['side']): number => marks.filter((mark) => mark.side === side).reduce((total, mark) => total + mark.count, 0);
    const cost = last.source.avg_cost;
    return words('sum_price', {
        first: price(first.source.price), last: price(last.source.price), change: growth(first.price, last.price),
        low: price(low.source.price), high: price(high.source.price), trades: words('bothTraded', { bought: count('BUY'), sold: count('SELL') }),
    }) + (cost === undefined ? '' : ` ${words('sum_cost', { cost: price(cost) })}`);
}

function deviationSummary(points: readonly CurvePoint[], last: CurvePoint, threshold: number): string {
    const most = points.reduce((so, point) => (Math.abs(point.deviation) > Math.abs(so) ? point.deviation : so), 0);
    const outside = points.filter((point) => Math.abs(point.deviation) >= threshold).length / points.length;
    return words('sum_deviation', {
        most: signedPercent(written(most)), outside: percent(written(outside), 1), threshold: percent(written(threshold)),
        last: signedPercent(written(last.deviation)),
    });
}

function drawdownSummary(points: readonly CurvePoint[], last: CurvePoint): string {
    const [worst] = extremes(points, (point) => point.drawdown);
    return words('sum_drawdown', {
        worst: percent(written(-worst.drawdown)), when: dateTime(worst.source.t), last: percent(written(-last.drawdown)),
    });
}

function growth(from: number, to: number): string {
    return from > 0 ? signedPercent(written(to / from - 1)) : '–';
}

function extremes(points: readonly CurvePoint[], valueOf: (point: CurvePoint) => number): [low: CurvePoint, high: CurvePoint] {
    let [low, high] = [points[0]!, points[0]!];
    for (const point of points) {
        if (valueOf(point) < valueOf(low)) low = point;
        if (valueOf(point) > valueOf(high)) high = point;
    }
    return [low, high];
}
