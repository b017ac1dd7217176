// What the scripts here share: one JSON line per check on standard output, and a clock that stands still until the tests move it.
import { createInterface } from 'node:readline';

export const [url, limitedUrl, key, secret, start] = process.argv.slice(2);

let now = Number(start);
Date.now = () => now;

const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const say = (line) => process.stdout.write(JSON.stringify(line) + '\n');

/** Moves both clocks: the exchange's, which answers when it is done, and this process's. */
export async function advance(ms) {
    say({ advance: ms });
    await answers.next();
    now += ms;
}

export const report = say;

export async function check(name, body) {
    try {
        await body();
        say({ check: name, ok: true });
    } catch (error) {
        say({ check: name, ok: false, detail: String(error?.stack ?? error).slice(0, 2000) });
    }
}

export function equal(actual, expected, what = '') {
    const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (left !== right) throw new Error(`${what} is ${left}, not ${right}`);
}

export function hold(condition, what) {
    if (!condition) throw new Error(what);
}

/** The same numbers for the same seed, from 0 up to 1: mulberry32. */
export function random(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}
