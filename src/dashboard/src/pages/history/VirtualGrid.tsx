import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { scrollTo, windowOf, type Open } from './window';

export interface GridColumn {
    readonly key: string;
    readonly title: string;
    readonly numeric?: boolean;
}

export interface GridProps {
    /** What a screen reader calls the grid. */
    label: string;
    help: string;
    class: string;
    id: string;
    columns: readonly GridColumn[];
    count: number;
    /** How many there are in all; −1 as long as nobody knows. */
    total: number;
    /** In px; the same for all rows that are not open. */
    rowHeight: number;
    keyOf(index: number): string;
    cell(index: number, column: string): ComponentChildren;
    /** What an open row shows below itself; absent when rows do not open. */
    detail?: (index: number) => ComponentChildren;
    /** The row under the crosshair of the charts; −1 for none. It is scrolled to when it changes. */
    marked?: number;
    onHover?: (index: number | null) => void;
    /** The end of what is loaded has come near. */
    onNearEnd: () => void;
    /** Below the last row: what is being loaded, or that it could not be. */
    foot: ComponentChildren;
}

/**
 * A table of any length of which only the rows that can be seen are in the page. Its focus is one, on the grid itself: the rows come and go
 * with scrolling, so the active one is named by id.
 */
export function VirtualGrid(props: GridProps): JSX.Element {
    const { count, rowHeight, columns, marked = -1 } = props;
    const [names, helpId] = [useId(), useId()];
    const scroller = useRef<HTMLDivElement>(null);
    const [view, setView] = useState({ scroll: 0, height: 480 });
    const [active, setActive] = useState(0);
    const [openKey, setOpenKey] = useState<string | null>(null);
    const [extra, setExtra] = useState(0);
    const openIndex = openKey === null ? -1 : indexOfKey(props, openKey, active);
    const open: Open | null = openIndex < 0 ? null : { index: openIndex, extra };
    const shown = windowOf(count, rowHeight, view.scroll, view.height, open);

    useLayoutEffect(() => {
        const frame = scroller.current!;
        const measure = (): void => setView(viewOf(frame));
        measure();
        const watch = new ResizeObserver(measure);
        watch.observe(frame);
        return () => watch.disconnect();
    }, []);
    useKeepPlace(props, scroller, (added) => setActive((was) => was + added));
    useEffect(() => { if (shown.end >= count - 12) props.onNearEnd(); }, [shown.end, count]);
    useEffect(() => { if (active >= count && count > 0) setActive(count - 1); }, [count]);

    const show = (index: number): void => {
        const frame = scroller.current!;
        const { scroll, height } = viewOf(frame);
        frame.scrollTop = scrollTo(index, rowHeight, scroll, height, open);
    };
    useEffect(() => { if (marked >= 0) show(marked); }, [marked]);

    const go = (index: number): void => {
        const next = Math.max(0, Math.min(count - 1, index));
        setActive(next);
        show(next);
        props.onHover?.(next);
    };
    const toggle = (index: number): void => {
        if (!props.detail) return;
        const key = props.keyOf(index);
        setActive(index);
        setExtra(0);
        setOpenKey(openKey === key ? null : key);
    };
    const leap = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const keys: Readonly<Record<string, () => void>> = {
        ArrowDown: () => go(active + 1), ArrowUp: () => go(active - 1), PageDown: () => go(active + leap), PageUp: () => go(active - leap),
        Home: () => go(0), End: () => go(count - 1), Enter: () => toggle(active), ' ': () => toggle(active),
        Escape: () => setOpenKey(null),
    };
    const indexes = Array.from({ length: shown.end - shown.first }, (_, offset) => shown.first + offset);
    return (
        <>
            <p id={helpId} class="unseen">{props.help}</p>
            <div id={props.id} ref={scroller} class={`grid ${props.class}`} role={props.detail ? 'treegrid' : 'grid'} tabIndex={0}
                aria-label={props.label} aria-describedby={helpId} aria-rowcount={props.total < 0 ? -1 : props.total + 1} aria-colcount={columns.length}
                {...(count > 0 ? { 'aria-activedescendant': `${names}-${active}` } : {})}
                onScroll={(event) => setView(viewOf(event.currentTarget))} onMouseLeave={() => props.onHover?.(null)}
                onKeyDown={(event) => {
                    if (event.target !== event.currentTarget && event.key !== 'Escape') return;
                    if (count === 0 || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
                    event.preventDefault();
                    keys[event.key]!();
                    if (event.key === 'Escape') event.currentTarget.focus();
                }}>
                <div class="grid-head" role="rowgroup">
                    <div class="grid-row" role="row" aria-rowindex={1}>
                        {columns.map((column) => (
                            <div key={column.key} role="columnheader" class={cellClass(column)}>{column.title}</div>
                        ))}
                    </div>
                </div>
                <div class="grid-space" role="presentation" style={{ height: `${shown.height}px` }}>
                    <div class="grid-window" role="rowgroup" style={{ transform: `translateY(${shown.top}px)` }}>
                        {indexes.map((index) => (
                            <Row key={props.keyOf(index)} {...props} index={index} id={`${names}-${index}`} active={index === active} marked={index === marked}
                                open={index === openIndex} toggle={() => toggle(index)} onExtra={setExtra} />
                        ))}
                    </div>
                </div>
                <div class="grid-foot" role="presentation">{props.foot}</div>
            </div>
        </>
    );
}

// The heading stays on top of the rows, so that much less of them is seen.
function viewOf(frame: HTMLElement): { scroll: number; height: number } {
    return { scroll: frame.scrollTop, height: frame.clientHeight - (frame.firstElementChild as HTMLElement).offsetHeight };
}

// What comes in on top moves everything down: whoever has scrolled keeps seeing what they saw.
function useKeepPlace(props: GridProps, scroller: { current: HTMLDivElement | null }, moved: (added: number) => void): void {
    const firstKey = props.count > 0 ? props.keyOf(0) : null;
    const before = useRef(firstKey);
    useLayoutEffect(() => {
        const was = before.current;
        before.current = firstKey;
        if (was === null || firstKey === null || was === firstKey) return;
        const added = indexOfKey(props, was, 1);
        if (added <= 0) return;
        moved(added);
        if (scroller.current && scroller.current.scrollTop > 0) scroller.current.scrollTop += added * props.rowHeight;
    }, [firstKey]);
}

interface RowProps extends GridProps {
    index: number;
    active: boolean;
    open: boolean;
    toggle(): void;
    onExtra(px: number): void;
}

function Row(props: Omit<RowProps, 'marked'> & { marked: boolean }): JSX.Element {
    const { index, columns, open } = props;
    const opens = props.detail !== undefined;
    const state = [props.active ? 'is-active' : '', props.marked ? 'is-marked' : '', open ? 'is-open' : '', opens ? 'opens' : ''].filter(Boolean).join(' ');
    return (
        <>
            <div id={props.id} class={`grid-row ${state}`} role="row" aria-rowindex={index + 2} style={{ height: `${props.rowHeight}px` }}
                {...(opens ? { 'aria-expanded': open, 'aria-level': 1 } : {})} onClick={props.toggle} onMouseEnter={() => props.onHover?.(index)}>
                {columns.map((column) => <div key={column.key} role="gridcell" class={cellClass(column)}>{props.cell(index, column.key)}</div>)}
            </div>
            {open && props.detail && <Detail onExtra={props.onExtra} columns={columns.length}>{props.detail(index)}</Detail>}
        </>
    );
}

function Detail({ children, columns, onExtra }: { children: ComponentChildren; columns: number; onExtra(px: number): void }): JSX.Element {
    const box = useRef<HTMLDivElement>(null);
    useLayoutEffect(() => {
        const measure = (): void => onExtra(box.current?.offsetHeight ?? 0);
        measure();
        const watch = new ResizeObserver(measure);
        watch.observe(box.current!);
        return () => watch.disconnect();
    }, []);
    return (
        <div class="grid-detail" role="row" aria-level={2} ref={box}>
            <div role="gridcell" aria-colspan={columns}>{children}</div>
        </div>
    );
}

// The open row is nearly always where it was, or moved by what came in on top.
function indexOfKey({ count, keyOf }: GridProps, key: string, near: number): number {
    if (near < count && keyOf(near) === key) return near;
    for (let index = 0; index < count; index++) if (keyOf(index) === key) return index;
    return -1;
}

function cellClass(column: GridColumn): string {
    return `grid-cell cell-${column.key}${column.numeric ? ' numeric' : ''}`;
}
