import type { JSX } from 'preact';
import type { Overview } from '../../api/types';
import { clock, duration } from '../../format/dates';
import { amount } from '../../format/numbers';
import { nowWords } from '../../i18n/now';

export interface Spark {
    /** In a square of 100 × 100, y downwards. */
    points: { x: number; y: number }[];
    lowest: number;
    highest: number;
}

/** Spreads the points over the width by time, and over the height by value; a flat line lies in the middle. */
export function sparkOf(points: Overview['sparkline']): Spark {
    const values = points.map((point) => Number(point.v));
    const times = points.map((point) => Date.parse(point.t));
    const [lowest, highest] = [indexOf(values, Math.min), indexOf(values, Math.max)];
    const [least, most] = [values[lowest] ?? 0, values[highest] ?? 0];
    const [start, end] = [times[0] ?? 0, times.at(-1) ?? 0];
    return {
        lowest, highest,
        points: values.map((value, index) => ({
            x: end === start ? 100 : (100 * ((times[index] ?? start) - start)) / (end - start),
            y: most === least ? 50 : 96 - (92 * (value - least)) / (most - least),
        })),
    };
}

function indexOf(values: readonly number[], pick: (...all: number[]) => number): number {
    return Math.max(0, values.indexOf(pick(...values)));
}

export function Sparkline({ points, unit, rising }: { points: Overview['sparkline']; unit: string; rising: boolean }): JSX.Element | null {
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last || points.length < 2) return null;
    const spark = sparkOf(points);
    const line = spark.points.map(({ x, y }) => `${x.toFixed(2)},${y.toFixed(2)}`).join(' ');
    const [low, high] = [points[spark.lowest] ?? first, points[spark.highest] ?? first];
    const end = spark.points.at(-1) ?? { x: 100, y: 50 };
    const says = nowWords('sparkline', {
        time: duration(Date.parse(last.t) - Date.parse(first.t)), first: amount(first.v), last: amount(last.v, unit), lowest: amount(low.v), highest: amount(high.v),
    });
    return (
        <figure class={`spark ${rising ? 'spark-up' : 'spark-down'}`} role="img" aria-label={says}>
            <div class="spark-frame"><svg class="spark-picture" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                <polygon class="spark-area" points={`0,100 ${line} 100,100`} />
                <polyline class="spark-line" points={line} vector-effect="non-scaling-stroke" />
            </svg>
            <span class="spark-end" style={{ left: `${end.x}%`, top: `${end.y}%` }} aria-hidden="true" /></div>
            <figcaption class="spark-caption" aria-hidden="true">
                <span>{clock(first.t)}</span>
                <span>{nowWords('lowest', { value: amount(low.v) })} · {nowWords('highest', { value: amount(high.v) })}</span>
                <span>{clock(last.t)}</span>
            </figcaption>
        </figure>
    );
}
