import type { ComponentChildren, JSX } from 'preact';

export interface Column<T> {
    key: string;
    title: string;
    cell(row: T): ComponentChildren;
    /** Figures stand at the right, their digits below one another. */
    numeric?: boolean;
    /** Left out where the screen is narrow. */
    minor?: boolean;
    /** The cell that names its row. */
    heads?: boolean;
}

/** A table with headings that screen readers read; scrolls sideways by itself rather than with the page. */
export function Table<T>({ caption, columns, rows, rowKey, captionSeen = false }: {
    caption: string; columns: readonly Column<T>[]; rows: readonly T[]; rowKey(row: T, index: number): string; captionSeen?: boolean;
}): JSX.Element {
    const nameOf = (column: Column<T>): string => [column.numeric ? 'numeric' : '', column.minor ? 'minor' : ''].filter(Boolean).join(' ');
    return (
        <div class="table-frame" tabIndex={0} role="region" aria-label={caption}>
            <table class="table">
                <caption class={captionSeen ? '' : 'unseen'}>{caption}</caption>
                <thead><tr>{columns.map((column) => <th key={column.key} scope="col" class={nameOf(column)}>{column.title}</th>)}</tr></thead>
                <tbody>
                    {rows.map((row, index) => (
                        <tr key={rowKey(row, index)}>
                            {columns.map((column) => column.heads
                                ? <th key={column.key} scope="row" class={nameOf(column)}>{column.cell(row)}</th>
                                : <td key={column.key} class={nameOf(column)}>{column.cell(row)}</td>)}
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}
