/** A row that is taller than the others because it is open. */
export interface Open {
    readonly index: number;
    /** What it adds to its row's height, in px. */
    readonly extra: number;
}

/** The rows to draw: `first` up to but without `end`, `top` px below the beginning of a list that is `height` px in all. */
export interface Window {
    readonly first: number;
    readonly end: number;
    readonly top: number;
    readonly height: number;
}

export function offsetOf(index: number, rowHeight: number, open: Open | null): number {
    return index * rowHeight + (open && index > open.index ? open.extra : 0);
}

/** The row that stands at so many px below the beginning. */
export function indexAt(offset: number, rowHeight: number, open: Open | null): number {
    if (!open || offset < (open.index + 1) * rowHeight) return Math.floor(offset / rowHeight);
    const within = (open.index + 1) * rowHeight + open.extra;
    return offset < within ? open.index : Math.floor((offset - open.extra) / rowHeight);
}

/**
 * @param scroll px scrolled, which browsers let run over either end for a moment
 * @param spare rows drawn above and below what can be seen
 */
export function windowOf(count: number, rowHeight: number, scroll: number, viewport: number, open: Open | null, spare = 8): Window {
    const height = offsetOf(count, rowHeight, open);
    const from = Math.max(0, Math.min(scroll, height - viewport));
    const first = Math.max(0, indexAt(from, rowHeight, open) - spare);
    const end = Math.min(count, indexAt(from + viewport, rowHeight, open) + 1 + spare);
    return { first: Math.min(first, end), end, top: offsetOf(first, rowHeight, open), height };
}

/** How far to scroll so that a row is seen whole; the same as now when it is. */
export function scrollTo(index: number, rowHeight: number, scroll: number, viewport: number, open: Open | null): number {
    const top = offsetOf(index, rowHeight, open);
    if (top < scroll) return top;
    return top + rowHeight > scroll + viewport ? top + rowHeight - viewport : scroll;
}
