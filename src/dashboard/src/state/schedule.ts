import type { Overview } from '../api/types';

/** When the next tick is due, and whether it is known or only expected; ms since 1970. */
export interface NextTick {
    at: number;
    /** False when an outside scheduler calls: then it is the usual distance from the last. */
    known: boolean;
    /** How late it is, in ms; 0 or less while it is not. */
    lateMs: number;
}

/** Undefined when nothing says when. */
export function nextTick(overview: Overview, nowMs: number): NextTick | undefined {
    const { next, expected } = overview.schedule;
    const text = next ?? expected;
    if (text === undefined) return undefined;
    const at = Date.parse(text);
    return { at, known: next !== undefined, lateMs: nowMs - at };
}

/** So late that it is worth saying: a tick that starts takes a moment to end. */
export const LateMs = 60_000;
