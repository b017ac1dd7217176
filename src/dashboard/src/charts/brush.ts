interface Brushed {
    /** px from the container's left edge that are plot and not axis. */
    width(): number;
    zoomTo(fromX: number, toX: number): void;
    pick(x: number): void;
    reset(): void;
}

/** Shorter drags are clicks. */
const LeastPx = 6;

/**
 * Dragging the mouse over a chart marks the stretch to zoom into; with Shift it moves the chart, and a double click shows everything again.
 * Fingers move and pinch, which is the library's own. The wheel scrolls the page, as anywhere else, and zooms only together with Ctrl, which
 * is also what a pinch on a touchpad sends.
 * @returns takes it away
 */
export function brush(container: HTMLElement, brushed: Brushed): () => void {
    const mark = document.createElement('div');
    mark.className = 'chart-brush';
    mark.hidden = true;
    container.append(mark);
    let startX = 0;
    const gone = new AbortController();
    const { signal } = gone;

    const xOf = (event: MouseEvent) => Math.min(Math.max(0, event.clientX - container.getBoundingClientRect().left), brushed.width());

    const move = (event: MouseEvent) => {
        const x = xOf(event);
        mark.hidden = Math.abs(x - startX) < LeastPx;
        mark.style.left = `${Math.min(x, startX)}px`;
        mark.style.width = `${Math.abs(x - startX)}px`;
    };

    const stop = () => {
        mark.hidden = true;
        window.removeEventListener('mousemove', move);
        window.removeEventListener('mouseup', end);
        window.removeEventListener('keydown', cancel, true);
    };

    const end = (event: MouseEvent) => {
        const x = xOf(event);
        stop();
        if (Math.abs(x - startX) < LeastPx) brushed.pick(x);
        else brushed.zoomTo(Math.min(x, startX), Math.max(x, startX));
    };

    const cancel = (event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        stop();
    };

    const start = (event: MouseEvent) => {
        const box = container.getBoundingClientRect();
        if (event.button !== 0 || event.shiftKey || event.clientX - box.left > brushed.width()) return;
        event.stopPropagation();
        startX = xOf(event);
        window.addEventListener('mousemove', move);
        window.addEventListener('mouseup', end);
        window.addEventListener('keydown', cancel, true);
    };

    container.addEventListener('mousedown', start, { signal, capture: true });
    container.addEventListener('dblclick', () => brushed.reset(), { signal });
    container.addEventListener('wheel', (event) => {
        if (!event.ctrlKey && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) event.stopPropagation();
    }, { signal, capture: true, passive: true });
    return () => {
        stop();
        gone.abort();
        mark.remove();
    };
}
