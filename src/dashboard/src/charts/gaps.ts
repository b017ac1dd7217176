/** The least that a point of a chart has: its time in whole seconds. */
export interface Timed {
    readonly time: number;
}

/** So many places on the axis are more than a screen has pixels; a year of silence is not worth more. */
const MostSlots = 8000;

/**
 * The chart's axis gives every point the same width, so an outage would vanish from it. This puts empty times into every stretch that is
 * much longer than the usual distance, one a distance, so that time keeps its measure.
 * @param points in order of time, no two at one time
 * @returns the points with times alone among them; `breaks` are the first points after an empty stretch
 */
export function withGaps<T extends Timed>(points: readonly T[]): { slots: (T | Timed)[]; breaks: ReadonlySet<number> } {
    const span = points.length > 1 ? points.at(-1)!.time - points[0]!.time : 0;
    const usual = Math.max(usualDistance(points), span / MostSlots);
    const slots: (T | Timed)[] = [];
    const breaks = new Set<number>();
    points.forEach((point, index) => {
        const before = points[index - 1];
        if (before && point.time - before.time > usual * 2.5) {
            breaks.add(point.time);
            for (let time = before.time + usual; time < point.time - usual / 2; time += usual) slots.push({ time: Math.round(time) });
        }
        slots.push(point);
    });
    return { slots, breaks };
}

/** The median distance between neighbours in seconds, 60 at least; 900 when there are fewer than two points. */
export function usualDistance(points: readonly Timed[]): number {
    if (points.length < 2) return 900;
    const distances = points.slice(1).map((point, index) => point.time - points[index]!.time).sort((left, right) => left - right);
    return Math.max(60, distances[Math.floor(distances.length / 2)]!);
}

/** The index of the point nearest to a time; -1 when there is none. */
export function nearest(points: readonly Timed[], time: number): number {
    let low = 0, high = points.length - 1;
    if (high < 0) return -1;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (points[middle]!.time < time) low = middle + 1; else high = middle;
    }
    const before = low - 1;
    return before >= 0 && time - points[before]!.time <= points[low]!.time - time ? before : low;
}
