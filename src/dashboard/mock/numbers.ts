import type { Decimal } from '../src/api/decimal';

const Mark = '\u0001';

/** A decimal that stands in the JSON as a number with exactly these digits. */
export function exact(value: Decimal | string): unknown {
    return Mark + value;
}

/** JSON with the decimals of {@link exact} as numbers. */
export function toJson(answer: unknown): string {
    return JSON.stringify(answer).replace(/"\\u0001(-?[\d.]+)"/g, '$1');
}

/** A decimal of so many places at most; the mock's own arithmetic is in doubles, the figures it shows add up as decimals. */
export function places(value: number, most: number): Decimal {
    return value.toFixed(most).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '').replace(/^-0$/, '0') as Decimal;
}

/** Chance that is the same at every start: 0 up to below 1. */
export function chanceFrom(seed: number): () => number {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
}
