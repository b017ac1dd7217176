import { signal, type Signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { zoneName } from '../format/dates';
import { historyWords as words } from '../i18n/history';
import { language, locale } from '../i18n/language';
import { axisWords } from './axisWords';
import type { Board } from './board';
import { ChartSpecs, type CurvePoint, type TradeMark } from './chartSpec';
import { ChartFigure } from './ChartFigure';
import { hover, picked } from './hover';
import { onThemeChange, readPalette } from './palette';

export interface ChartsProps {
    points: readonly CurvePoint[];
    marks: readonly TradeMark[];
    /** As a ratio. */
    threshold: number;
    base: string;
    quote: string;
    /** Another stretch of time than before: it is shown whole. */
    stretch: string;
    /** Said below the heading: what is missing from the charts. */
    notes: ComponentChildren;
    /** Where the table with the same numbers stands. */
    tableId: string;
}

/** The four charts of the curve, under one crosshair. The chart library is a file of its own, fetched when they are first shown. */
export function Charts(props: ChartsProps): JSX.Element {
    const { points, marks, threshold, stretch } = props;
    const state = useBoard();
    const board = state.board.value;
    const shown = useRef('');
    useEffect(() => {
        board?.show(points, marks, threshold, shown.current !== stretch);
        if (board) shown.current = stretch;
    }, [board, points, marks, threshold, stretch]);
    return (
        <div class="charts">
            <p class="charts-note">
                <span>{words('zone', { zone: zoneName() })}</span>
                {props.notes}
                {state.zoomed.value && <button type="button" class="button small" onClick={() => board?.fit()}>{words('zoomOut')}</button>}
            </p>
            {state.broken.value && <p class="note note-bad" role="alert">{words('chartsLost')}</p>}
            {ChartSpecs.map((spec) => <ChartFigure key={spec.key} spec={spec} board={board} {...props} />)}
            <p class="charts-help">{words('howToZoom')}</p>
            <p class="charts-credit">
                <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer">{words('chartBy')}</a>
            </p>
        </div>
    );
}

interface BoardState {
    board: Signal<Board | undefined>;
    zoomed: Signal<boolean>;
    broken: Signal<boolean>;
}

function useBoard(): BoardState {
    const state = useMemo((): BoardState => ({ board: signal(undefined), zoomed: signal(false), broken: signal(false) }), []);
    useEffect(() => {
        let gone = false;
        let stop = (): void => undefined;
        import('./board').then(({ Board }) => {
            if (gone) return;
            const board = new Board(
                readPalette(), axisWords(),
                (time) => { hover.value = time === null ? null : { time, by: 'chart' }; },
                (time) => { picked.value = time; },
                (zoomed) => { state.zoomed.value = zoomed; });
            const stops = [
                onThemeChange(() => board.recolour(readPalette())),
                hover.subscribe((now) => { if (now?.by !== 'chart') board.pointAt(now?.time ?? null); }),
            ];
            stop = () => {
                for (const each of stops) each();
                board.dispose();
            };
            state.board.value = board;
        }, () => { if (!gone) state.broken.value = true; });
        return () => {
            gone = true;
            hover.value = null;
            state.board.value = undefined;
            stop();
        };
    }, []);
    useEffect(() => state.board.value?.reword(axisWords()), [language.value, locale.value]);
    return state;
}
