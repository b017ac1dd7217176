import {
    BaselineSeries, createChart, createSeriesMarkers, CrosshairMode, LineSeries, LineStyle, LineType,
    type DeepPartial, type IChartApi, type ISeriesApi, type ISeriesMarkersPluginApi, type LineData, type Logical, type LogicalRange,
    type MouseEventParams, type SeriesMarker, type TimeChartOptions, type UTCTimestamp, type WhitespaceData,
} from 'lightweight-charts';
import { Band } from './band';
import { brush } from './brush';
import type { ChartSpec, CurvePoint, Palette, SeriesSpec, TradeMark } from './chartSpec';
import { nearest, slotsOf, type Timed } from './slots';

/** How the board writes what stands on the axes. */
export interface AxisWords {
    /** BCP 47. */
    readonly locale: string;
    number(chart: ChartSpec['key'], value: number): string;
    /** `detail` grows with the zoom: 0 year, 1 month, 2 day, 3 time of day, 4 with seconds. */
    tick(time: Date, detail: number): string;
    moment(time: Date): string;
}

type Line = ISeriesApi<'Line'> | ISeriesApi<'Baseline'>;

interface Attached {
    readonly spec: ChartSpec;
    readonly api: IChartApi;
    readonly lines: readonly { readonly spec: SeriesSpec; readonly line: Line }[];
    readonly band: Band | null;
    readonly marks: ISeriesMarkersPluginApi<UTCTimestamp> | null;
    readonly detach: () => void;
}

const Strokes = { solid: LineStyle.Solid, dashed: LineStyle.Dashed, dotted: LineStyle.Dotted } as const;

/**
 * Charts that show one curve side by side: same stretch of time, same crosshair. Times are seconds since 1970. The library takes times for
 * UTC and puts its marks at midnight of that, so the board hands it times moved by the browser's zone, and moves them back before anybody
 * reads them.
 */
export class Board {
    readonly #charts = new Map<string, Attached>();
    #points: readonly CurvePoint[] = [];
    #slots: readonly Timed[] = [];
    #breaks: ReadonlySet<number> = new Set();
    #marks: readonly TradeMark[] = [];
    #threshold: number | null = null;
    #shift = 0;
    #following = false;
    #shown: LogicalRange | null = null;

    /**
     * @param onHover with the time under the crosshair, or null when it left
     * @param onPick with a time that was clicked
     * @param onZoom with whether less than everything is shown
     */
    constructor(
        private palette: Palette,
        private words: AxisWords,
        private readonly onHover: (time: number | null) => void,
        private readonly onPick: (time: number) => void,
        private readonly onZoom: (zoomed: boolean) => void,
    ) {}

    attach(spec: ChartSpec, container: HTMLElement): () => void {
        const api = createChart(container, { autoSize: true, ...this.#options(spec) });
        const lines = spec.series.map((series) => ({ spec: series, line: this.#add(api, spec, series) }));
        const band = spec.band ? new Band() : null;
        if (band) lines[0]?.line.attachPrimitive(band);
        const marks = spec.trades && lines[0] ? createSeriesMarkers(lines[0].line, [], { autoScale: false }) as ISeriesMarkersPluginApi<UTCTimestamp> : null;
        const unbrush = brush(container, {
            width: () => api.timeScale().width(),
            zoomTo: (from, to) => this.#zoomTo(api, from, to),
            pick: (x) => {
                const time = api.timeScale().coordinateToTime(x);
                if (time !== null) this.#pick(this.#back(time as number));
            },
            reset: () => this.fit(),
        });
        const attached: Attached = { spec, api, lines, band, marks, detach: () => { unbrush(); api.remove(); } };
        this.#charts.set(spec.key, attached);
        api.subscribeCrosshairMove((event) => this.#moved(attached, event));
        api.subscribeClick((event) => { if (event.time !== undefined) this.#pick(this.#back(event.time as number)); });
        api.timeScale().subscribeVisibleLogicalRangeChange((range) => this.#ranged(attached, range));
        this.#fill(attached);
        if (this.#shown) this.#follow(() => api.timeScale().setVisibleLogicalRange(this.#shown!));
        return () => {
            // The board may have been disposed of before: the page takes down what is outside first.
            if (this.#charts.get(spec.key) !== attached) return;
            this.#charts.delete(spec.key);
            attached.detach();
        };
    }

    /** Shows a curve. What is zoomed into stays where it is, unless `whole` asks for everything. */
    show(points: readonly CurvePoint[], marks: readonly TradeMark[], threshold: number | null, whole: boolean): void {
        const kept = whole ? null : this.#visibleTimes();
        const last = points.at(-1);
        this.#shift = last ? -new Date(last.time * 1000).getTimezoneOffset() * 60 : 0;
        ({ slots: this.#slots, breaks: this.#breaks } = slotsOf(points));
        this.#points = points;
        this.#marks = marks;
        this.#threshold = threshold;
        this.#follow(() => this.#charts.forEach((chart) => this.#fill(chart)));
        if (kept) this.#zoomToTimes(kept.from, kept.to); else this.fit();
    }

    /** Everything that there is, edge to edge. */
    fit(): void {
        this.#showRange({ from: -0.5 as Logical, to: this.#slots.length - 0.5 as Logical });
    }

    /** Zooms about the middle; above 1 shows more. */
    zoom(factor: number): void {
        const range = this.#shown ?? { from: 0, to: this.#slots.length };
        const middle = (range.from + range.to) / 2, half = Math.max(4, (range.to - range.from) / 2 * factor);
        if (half * 2 >= this.#slots.length) this.fit();
        else this.#showRange({ from: middle - half as Logical, to: middle + half as Logical });
    }

    /** Puts all crosshairs on the point nearest to a time; null takes them away. */
    pointAt(time: number | null): void {
        const point = time === null ? undefined : this.#points[nearest(this.#points, time)];
        this.#charts.forEach((chart) => this.#cross(chart, point));
    }

    recolour(palette: Palette): void {
        this.palette = palette;
        this.#restyle();
    }

    reword(words: AxisWords): void {
        this.words = words;
        this.#restyle();
    }

    dispose(): void {
        this.#charts.forEach((chart) => chart.detach());
        this.#charts.clear();
    }

    #restyle(): void {
        this.#charts.forEach((chart) => {
            chart.api.applyOptions(this.#options(chart.spec));
            chart.lines.forEach(({ spec, line }) => line.applyOptions(this.#style(chart.spec, spec)));
            this.#follow(() => this.#fill(chart));
        });
    }

    #fill(chart: Attached): void {
        for (const { spec, line } of chart.lines) line.setData(this.#data(spec));
        chart.band?.show(this.#threshold, this.palette.band, this.palette.bandEdge);
        chart.marks?.setMarkers(this.#marks.map((mark) => this.#marker(mark)));
    }

    #data(spec: SeriesSpec): (LineData<UTCTimestamp> | WhitespaceData<UTCTimestamp>)[] {
        return this.#slots.map((slot) => {
            const value = (slot as Partial<CurvePoint>)[spec.field];
            const time = this.#to(slot.time);
            if (value === undefined) return { time };
            // The stroke that leads over an outage is not drawn: nothing is known of that time.
            return this.#breaks.has(slot.time) ? { time, value, ...this.#unseen(spec) } : { time, value };
        });
    }

    #unseen(spec: SeriesSpec): object {
        const none = this.palette.none;
        return spec.fill ? { bottomLineColor: none, bottomFillColor1: none, bottomFillColor2: none, topLineColor: none } : { color: none };
    }

    #marker(mark: TradeMark): SeriesMarker<UTCTimestamp> {
        const bought = mark.side === 'BUY';
        return {
            time: this.#to(mark.time),
            position: bought ? 'atPriceBottom' : 'atPriceTop',
            price: mark.price,
            shape: bought ? 'arrowUp' : 'arrowDown',
            color: bought ? this.palette.buy : this.palette.sell,
            size: 0.8,
        };
    }

    #add(api: IChartApi, chart: ChartSpec, spec: SeriesSpec): Line {
        return spec.fill ? api.addSeries(BaselineSeries, this.#style(chart, spec)) : api.addSeries(LineSeries, this.#style(chart, spec));
    }

    #style(chart: ChartSpec, spec: SeriesSpec): object {
        const colour = this.palette[spec.colour];
        const common = {
            lineWidth: spec.width, lineStyle: Strokes[spec.stroke], lineType: spec.steps ? LineType.WithSteps : LineType.Simple,
            priceLineVisible: false, lastValueVisible: false, crosshairMarkerRadius: 4, crosshairMarkerBorderWidth: 0,
            priceFormat: { type: 'custom', minMove: 1e-8, formatter: (value: number) => this.words.number(chart.key, value) },
        };
        if (!spec.fill) return { ...common, color: colour, ...(chart.band ? { autoscaleInfoProvider: this.#withBand } : {}) };
        const fill = this.palette[spec.fill];
        return {
            ...common, baseValue: { type: 'price', price: 0 }, bottomLineColor: colour, bottomFillColor1: this.palette.none, bottomFillColor2: fill,
            topLineColor: colour, topFillColor1: this.palette.none, topFillColor2: this.palette.none,
        };
    }

    // The band is seen whole, however little the deviation moves.
    readonly #withBand = (original: () => { priceRange: { minValue: number; maxValue: number } | null } | null) => {
        const range = original()?.priceRange, edge = (this.#threshold ?? 0) * 1.25;
        return range ? { priceRange: { minValue: Math.min(range.minValue, -edge), maxValue: Math.max(range.maxValue, edge) } } : null;
    };

    #options(spec: ChartSpec): DeepPartial<TimeChartOptions> {
        const { palette, words } = this;
        const line = { color: palette.crosshair, labelBackgroundColor: palette.label, style: LineStyle.Solid, width: 1 } as const;
        return {
            layout: {
                background: { color: palette.none }, textColor: palette.text, fontFamily: palette.font, fontSize: 11,
                // Its logo comes with an inline style sheet, which the page's security policy refuses; the page names the library itself.
                attributionLogo: false,
            },
            grid: { vertLines: { visible: false }, horzLines: { color: palette.grid } },
            crosshair: { mode: CrosshairMode.Normal, vertLine: line, horzLine: { ...line, visible: false, labelVisible: false } },
            rightPriceScale: {
                borderVisible: false, minimumWidth: 64, entireTextOnly: true,
                scaleMargins: spec.key === 'drawdown' ? { top: 0.04, bottom: 0.12 } : { top: 0.1, bottom: 0.1 },
            },
            timeScale: {
                borderColor: palette.border, minBarSpacing: 0.01, fixLeftEdge: true, fixRightEdge: true, timeVisible: true, secondsVisible: false,
                enableConflation: true, lockVisibleTimeRangeOnResize: true,
                tickMarkFormatter: (time: unknown, detail: number) => words.tick(this.#date(time as number), detail),
            },
            localization: { locale: words.locale, timeFormatter: (time: unknown) => words.moment(this.#date(time as number)) },
            handleScroll: { mouseWheel: true, pressedMouseMove: true, horzTouchDrag: true, vertTouchDrag: false },
            handleScale: { mouseWheel: true, pinch: true, axisPressedMouseMove: { time: true, price: false }, axisDoubleClickReset: false },
        };
    }

    #moved(from: Attached, event: MouseEventParams): void {
        if (!event.sourceEvent && event.point) return; // set by ourselves
        const time = event.time === undefined ? null : this.#back(event.time as number);
        const point = time === null ? undefined : this.#points[nearest(this.#points, time)];
        this.#charts.forEach((chart) => { if (chart !== from) this.#cross(chart, point); });
        this.onHover(point?.time ?? null);
    }

    // A finger has no hover: a tap puts the crosshair.
    #pick(time: number): void {
        const point = this.#points[nearest(this.#points, time)];
        if (!point) return;
        this.pointAt(point.time);
        this.onHover(point.time);
        this.onPick(point.time);
    }

    #cross(chart: Attached, point: CurvePoint | undefined): void {
        const line = chart.lines.find(({ spec }) => point?.[spec.field] !== undefined);
        if (point && line) chart.api.setCrosshairPosition(point[line.spec.field]!, this.#to(point.time), line.line);
        else chart.api.clearCrosshairPosition();
    }

    #ranged(from: Attached, range: LogicalRange | null): void {
        if (!range || this.#following) return;
        this.#shown = range;
        this.#follow(() => this.#charts.forEach((chart) => { if (chart !== from) chart.api.timeScale().setVisibleLogicalRange(range); }));
        this.onZoom(range.to - range.from < this.#slots.length - 1.5);
    }

    #showRange(range: LogicalRange): void {
        this.#shown = range;
        this.#follow(() => this.#charts.forEach((chart) => chart.api.timeScale().setVisibleLogicalRange(range)));
        this.onZoom(range.to - range.from < this.#slots.length - 1.5);
    }

    #zoomTo(api: IChartApi, fromX: number, toX: number): void {
        const scale = api.timeScale();
        const from = scale.coordinateToLogical(fromX), to = scale.coordinateToLogical(toX);
        if (from === null || to === null || to - from < 3) return;
        // What was under the crosshair is somewhere else now.
        this.pointAt(null);
        this.onHover(null);
        this.#showRange({ from, to });
    }

    #visibleTimes(): { from: number; to: number } | null {
        const range = this.#shown;
        if (!range || range.to - range.from >= this.#slots.length - 1.5) return null;
        const from = this.#slots[Math.max(0, Math.round(range.from))], to = this.#slots[Math.min(this.#slots.length - 1, Math.round(range.to))];
        return from && to ? { from: from.time, to: to.time } : null;
    }

    #zoomToTimes(from: number, to: number): void {
        this.#showRange({ from: nearest(this.#slots, from) as Logical, to: nearest(this.#slots, to) as Logical });
    }

    #follow(work: () => void): void {
        const outer = this.#following;
        this.#following = true;
        try {
            work();
        } finally {
            this.#following = outer;
        }
    }

    #to(time: number): UTCTimestamp {
        return time + this.#shift as UTCTimestamp;
    }

    #back(time: number): number {
        return time - this.#shift;
    }

    #date(time: number): Date {
        return new Date(this.#back(time) * 1000);
    }
}
