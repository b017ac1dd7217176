/** Deterministic noise, 0 up to below 1 (mulberry32): the same seed makes the same 90 days. */
export function noise(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
}

/** About normal: the sum of twelve, less their mean. */
function normal(random: () => number): number {
    let total = -6;
    for (let draw = 0; draw < 12; draw++) total += random();
    return total;
}

/** A price a tick: wanders by about 5 % a day, is pulled back to where it began, and has two restless weeks and one slump. */
export function prices(count: number, first: number, random: () => number): number[] {
    const path: number[] = [];
    let log = 0;
    for (let tick = 0; tick < count; tick++) {
        const share = tick / count;
        const restless = share > 0.3 && share < 0.42 ? 1.7 : 1;
        const slump = share > 0.6 && share < 0.63 ? -0.0011 : share > 0.72 && share < 0.8 ? 0.0004 : 0;
        log += slump - log * 0.0004 + normal(random) * 0.005 * restless;
        path.push(Math.round(first * Math.exp(log) * 10_000) / 10_000);
    }
    return path;
}
