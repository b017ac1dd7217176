/** The least that a point of a chart has: its time in whole seconds. */
export interface Timed {
    readonly time: number;
}

export interface Slots<T> {
    /** One a stretch of time: a point, or where there was none the time alone. */
    readonly slots: readonly (T | Timed)[];
    /** The times of the first points after an outage: nothing is known of what lies before them. */
    readonly breaks: ReadonlySet<number>;
}

/** More places on the axis than a screen has pixels, and a month of quarters of an hour. */
const MostSlots = 4500;

/** A stretch without points that is longer than so many of the distances around it is an outage; around it: so many on each side. */
const [Outage, Around] = [2.5, 3];

/** What schedules are made of, in seconds: a distance that is nearly one of these is meant to be it. */
const Round = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];

/**
 * The chart's axis gives every point the same width, whatever time lies between two. So that time keeps its measure, the points are put into
 * slots of equal length: the last point of each slot stands for it, and a slot without one stays empty. Older points are an hour apart, newer
 * ones a tick, and an outage has none.
 * @param points in order of time, no two at one time
 */
export function slotsOf<T extends Timed>(points: readonly T[], most: number = MostSlots): Slots<T> {
    const last = points.at(-1);
    if (!last) return { slots: [], breaks: new Set() };
    const width = Math.max(rounded(usualDistance(points)), (last.time - points[0]!.time) / most);
    const placeOf = (time: number): number => Math.round((time - last.time) / width);
    const slots: (T | Timed)[] = [];
    const breaks = new Set<number>();
    points.forEach((point, index) => {
        const place = placeOf(point.time), after = points[index + 1];
        if (after && placeOf(after.time) === place) return;
        const before = slots.at(-1);
        if (before) {
            for (let empty = placeOf(before.time) + 1; empty < place; empty++) slots.push({ time: Math.round(last.time + empty * width) });
            if (isOutage(points, index, width)) breaks.add(point.time);
        }
        slots.push(point);
    });
    return { slots, breaks };
}

/** The median of the distances between neighbours, in seconds; a quarter of an hour when there are fewer than two points. */
export function usualDistance(points: readonly Timed[]): number {
    if (points.length < 2) return 900;
    const distances = points.slice(1).map((point, index) => point.time - points[index]!.time).sort((left, right) => left - right);
    return Math.max(1, distances[Math.floor((distances.length - 1) / 2)]!);
}

// Compared with what is around it and not with all of the curve, because that may be an hour apart in one place and a tick in another.
function isOutage(points: readonly Timed[], index: number, width: number): boolean {
    const distanceTo = (at: number): number => (at > 0 && at < points.length ? points[at]!.time - points[at - 1]!.time : 0);
    let usual = width;
    for (let step = 1; step <= Around; step++) usual = Math.max(usual, distanceTo(index - step), distanceTo(index + step));
    return distanceTo(index) > Outage * usual;
}

function rounded(distance: number): number {
    return Round.find((round) => Math.abs(distance - round) <= Math.max(1, round * 0.02)) ?? distance;
}

/** The index of the point nearest to a time; −1 when there is none. */
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
