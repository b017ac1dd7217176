import type { IPrimitivePaneRenderer, ISeriesPrimitive, SeriesAttachedParameter, Time } from 'lightweight-charts';

type Canvas = Parameters<IPrimitivePaneRenderer['draw']>[0];

/** Everything between − and + the threshold, behind the curve, with its edges dashed. */
export class Band implements ISeriesPrimitive<Time> {
    #attached: SeriesAttachedParameter<Time> | null = null;
    #half: number | null = null;
    #fill = '';
    #edge = '';

    attached(attached: SeriesAttachedParameter<Time>): void {
        this.#attached = attached;
    }

    detached(): void {
        this.#attached = null;
    }

    /** @param half the threshold, as a ratio; null shows no band */
    show(half: number | null, fill: string, edge: string): void {
        [this.#half, this.#fill, this.#edge] = [half, fill, edge];
        this.#attached?.requestUpdate();
    }

    paneViews() {
        return [{ zOrder: () => 'bottom' as const, renderer: () => ({ draw: (canvas: Canvas) => this.#draw(canvas) }) }];
    }

    #draw(canvas: Canvas): void {
        const series = this.#attached?.series;
        if (!series || this.#half === null) return;
        const top = series.priceToCoordinate(this.#half), bottom = series.priceToCoordinate(-this.#half);
        if (top === null || bottom === null) return;
        canvas.useBitmapCoordinateSpace(({ context, bitmapSize, verticalPixelRatio }) => {
            const [from, to] = [Math.round(top * verticalPixelRatio), Math.round(bottom * verticalPixelRatio)];
            context.fillStyle = this.#fill;
            context.fillRect(0, from, bitmapSize.width, to - from);
            context.strokeStyle = this.#edge;
            context.lineWidth = Math.max(1, Math.floor(verticalPixelRatio));
            context.setLineDash([4 * verticalPixelRatio, 4 * verticalPixelRatio]);
            for (const y of [from, to]) {
                context.beginPath();
                context.moveTo(0, y + 0.5);
                context.lineTo(bitmapSize.width, y + 0.5);
                context.stroke();
            }
            context.setLineDash([]);
        });
    }
}
