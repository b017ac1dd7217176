import type { TickRow } from '../../api/types';
import { secondsOf } from '../../charts/curve';

/** A crosshair further than this from every row stands on none of them: the curve may have one point an hour, the table four rows. */
const FurthestSeconds = 45 * 60;

/**
 * The row nearest to a time; −1 when none is near.
 * @param rows newest first
 */
export function rowAt(rows: readonly Pick<TickRow, 'timestamp'>[], time: number): number {
    let [low, high] = [0, rows.length - 1];
    if (high < 0) return -1;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (secondsOf(rows[middle]!.timestamp) > time) low = middle + 1;
        else high = middle;
    }
    const away = (index: number): number => (index < 0 ? Infinity : Math.abs(secondsOf(rows[index]!.timestamp) - time));
    const best = away(low - 1) < away(low) ? low - 1 : low;
    return away(best) <= FurthestSeconds ? best : -1;
}
