import type { JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { EquityPoint } from '../api/types';
import { dateTime, exactTime } from '../format/dates';
import { amount, percent, price, signedPercent } from '../format/numbers';
import { historyWords as words } from '../i18n/history';
import { written } from './axisWords';
import type { Board } from './board';
import type { ChartsProps } from './Charts';
import type { ChartSpec, CurveField, CurvePoint } from './chartSpec';
import { nearest } from './slots';
import { hover } from './hover';
import { summaryOf } from './summary';

type FigureProps = ChartsProps & { spec: ChartSpec; board: Board | undefined };

/** One chart with its legend, a sentence that says what is to be seen, and the keyboard's way through it. */
export function ChartFigure(props: FigureProps): JSX.Element {
    const { spec, board, points } = props;
    const [titleId, summaryId, canvas] = [useId(), useId(), useRef<HTMLDivElement>(null)];
    useEffect(() => (board && canvas.current ? board.attach(spec, canvas.current) : undefined), [board, spec]);
    return (
        <figure class="chart" aria-labelledby={titleId}>
            <div class="chart-head">
                <h3 id={titleId} class="chart-title">{words(`chart:${spec.key}`)}</h3>
                <Legend {...props} />
            </div>
            <Plot {...props} titleId={titleId} summaryId={summaryId} canvas={canvas} />
            <figcaption class="chart-summary" id={summaryId}>
                {summaryOf(spec.key, points, props)}{' '}
                <a class="chart-link" href={`#${props.tableId}`} onClick={(event) => {
                    event.preventDefault();
                    document.getElementById(props.tableId)?.focus();
                }}>{words('toTable')}</a>
            </figcaption>
        </figure>
    );
}

function Plot({ spec, board, points, quote, titleId, summaryId, canvas }: FigureProps & {
    titleId: string; summaryId: string; canvas: { current: HTMLDivElement | null };
}): JSX.Element {
    const at = hover.value ? nearest(points, hover.value.time) : points.length - 1;
    const step = (to: number): void => {
        const point = points[Math.max(0, Math.min(points.length - 1, to))];
        if (!point) return;
        hover.value = { time: point.time, by: 'chart' };
        board?.pointAt(point.time);
    };
    const keys: Readonly<Record<string, (far: number) => void>> = {
        ArrowLeft: (far) => step(at - far), ArrowRight: (far) => step(at + far), ArrowDown: (far) => step(at - far), ArrowUp: (far) => step(at + far),
        PageDown: () => step(at - 24), PageUp: () => step(at + 24), Home: () => step(0), End: () => step(points.length - 1),
        '+': () => board?.zoom(0.5), '=': () => board?.zoom(0.5), '-': () => board?.zoom(2), 0: () => board?.fit(),
        Escape: () => { hover.value = null; },
    };
    const point = points[at];
    return (
        <div class={`plot plot-${spec.key}`} tabIndex={0} role="slider" aria-labelledby={titleId} aria-describedby={summaryId}
            aria-valuemin={0} aria-valuemax={Math.max(0, points.length - 1)} aria-valuenow={Math.max(0, at)}
            aria-valuetext={point ? `${dateTime(point.source.t)}: ${spoken(spec, point, quote)}` : ''}
            onKeyDown={(event) => {
                const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
                if (!act) return;
                event.preventDefault();
                act(event.shiftKey ? 10 : 1);
            }}>
            <div class="plot-canvas" ref={canvas} />
        </div>
    );
}

function Legend({ spec, points, quote, threshold }: FigureProps): JSX.Element {
    const under = hover.value;
    const point = under ? points[nearest(points, under.time)] : points.at(-1);
    return (
        <dl class="legend">
            <div class="legend-time">
                <dt class="unseen">{words('col:time')}</dt>
                <dd title={point ? exactTime(point.source.t) : ''}>{point ? (under ? dateTime(point.source.t) : words('atLast')) : ''}</dd>
            </div>
            {spec.series.toReversed().map((series) => (
                <div class="legend-item" key={series.field}>
                    <dt><Swatch kind={`${series.stroke} series-${series.field}`} />{words(`series:${series.field}`, { quote })}</dt>
                    <dd>{point ? figureOf(series.field, point, quote) : '–'}</dd>
                </div>
            ))}
            {spec.band && (
                <div class="legend-item"><dt><Swatch kind="band" />{words('series:band', { threshold: percent(written(threshold)) })}</dt></div>
            )}
            {spec.trades && (
                <div class="legend-item legend-trades">
                    <dt><span class="mark-buy" aria-hidden="true">▲</span>{words('bought')}</dt>
                    <dt><span class="mark-sell" aria-hidden="true">▼</span>{words('sold')}</dt>
                </div>
            )}
        </dl>
    );
}

function Swatch({ kind }: { kind: string }): JSX.Element {
    return <span class={`chart-swatch chart-swatch-${kind}`} aria-hidden="true" />;
}

const Sources = {
    value: 'value', hold: 'hold', cash: 'cash', price: 'price', avgCost: 'avg_cost',
} as const satisfies Partial<Record<CurveField, keyof EquityPoint>>;

function figureOf(field: CurveField, point: CurvePoint, quote: string): string {
    if (field === 'deviation') return signedPercent(point.source.deviation);
    if (field === 'drawdown') return percent(point.source.drawdown);
    const value = point.source[Sources[field]];
    if (value === undefined) return '–';
    return field === 'price' || field === 'avgCost' ? price(value) : amount(value, quote);
}

function spoken(spec: ChartSpec, point: CurvePoint, quote: string): string {
    return spec.series.toReversed().map(({ field }) => `${words(`series:${field}`, { quote })} ${figureOf(field, point, quote)}`).join(', ');
}
