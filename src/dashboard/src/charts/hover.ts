import { signal } from '@preact/signals';

/** Where the crosshair stands, in seconds since 1970, and who put it there: charts follow the table and the table follows the charts. */
export interface Hover {
    readonly time: number;
    readonly by: 'chart' | 'table';
}

export const hover = signal<Hover | null>(null);

/** A time that was clicked in a chart: the table goes there. */
export const picked = signal<number | null>(null);
