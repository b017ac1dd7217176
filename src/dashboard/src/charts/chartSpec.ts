import type { EquityPoint } from '../api/types';
import type { Timed } from './slots';

/** One tick of the curve, ready for pixels: seconds since 1970, prices and values in quote, ratios as fractions of 1. */
export interface CurvePoint extends Timed {
    readonly price: number;
    readonly value: number;
    readonly hold: number;
    readonly cash: number;
    /** Share of the coins in the value, less the target: positive when there are too many coins. */
    readonly deviation: number;
    /** 0 or below. */
    readonly drawdown: number;
    readonly avgCost?: number;
    /** What the server said, exactly. */
    readonly source: EquityPoint;
}

export type CurveField = Exclude<keyof CurvePoint, 'time' | 'source'>;

/** The colours of the charts, by role, as a canvas takes them. */
export interface Palette {
    readonly text: string;
    readonly grid: string;
    readonly border: string;
    readonly crosshair: string;
    readonly label: string;
    readonly value: string;
    readonly hold: string;
    readonly cash: string;
    readonly price: string;
    readonly cost: string;
    readonly buy: string;
    readonly sell: string;
    readonly deviation: string;
    readonly band: string;
    readonly bandEdge: string;
    readonly drawdown: string;
    readonly drawdownFill: string;
    readonly none: string;
    readonly font: string;
}

export interface SeriesSpec {
    readonly field: CurveField;
    readonly colour: keyof Palette;
    /** Told apart by the stroke as well as by the colour. */
    readonly stroke: 'solid' | 'dashed' | 'dotted';
    readonly width: 1 | 2;
    /** Filled down from 0 with this colour. */
    readonly fill?: keyof Palette;
    /** Drawn as steps, for what holds until it changes. */
    readonly steps?: boolean;
}

export interface ChartSpec {
    readonly key: 'value' | 'price' | 'deviation' | 'drawdown';
    readonly series: readonly SeriesSpec[];
    /** The chart shows the trades on its first series. */
    readonly trades?: boolean;
    /** The chart shows ± the threshold as a band. */
    readonly band?: boolean;
    readonly height: number;
}

export const ChartSpecs: readonly ChartSpec[] = [
    {
        key: 'value', height: 280, series: [
            { field: 'hold', colour: 'hold', stroke: 'dashed', width: 1 },
            { field: 'cash', colour: 'cash', stroke: 'dotted', width: 2 },
            { field: 'value', colour: 'value', stroke: 'solid', width: 2 },
        ],
    },
    {
        key: 'price', height: 260, trades: true, series: [
            { field: 'price', colour: 'price', stroke: 'solid', width: 1 },
            { field: 'avgCost', colour: 'cost', stroke: 'dashed', width: 2, steps: true },
        ],
    },
    { key: 'deviation', height: 180, band: true, series: [{ field: 'deviation', colour: 'deviation', stroke: 'solid', width: 1 }] },
    { key: 'drawdown', height: 160, series: [{ field: 'drawdown', colour: 'drawdown', stroke: 'solid', width: 1, fill: 'drawdownFill' }] },
];

/** An actual trade on the chart; several of one side at one point are one marker. */
export interface TradeMark extends Timed {
    readonly side: 'BUY' | 'SELL';
    readonly price: number;
    readonly count: number;
}
