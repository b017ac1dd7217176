import { makeWorld, TickMs, type WorldTick } from './world';

export type MockMode = 'observe' | 'approve' | 'auto';

/** What the mock remembers while it runs. */
export interface MockState {
    role: 'operator' | 'reader' | undefined;
    tag: number;
    /** The past, oldest first. */
    readonly world: WorldTick[];
    now(): number;
    exchange: 'paper' | 'mexc';
    configuredMode: MockMode;
    mode: MockMode;
    halt: { since: string; by: string; reason: string } | undefined;
    proposal: boolean;
    unknownOrder: boolean;
    unproven: boolean;
    /** The newest tick failed. */
    failing: boolean;
    stale: boolean;
    /** Before the first tick. */
    empty: boolean;
    settings: Record<string, string>;
    faults: { id: string; kind: string; argument?: number; until?: string }[];
    /** Answers 503 to everything but the session. */
    down: boolean;
    /** Counts a change and tells who watches the events. */
    changed(what: readonly string[]): void;
    watch(listener: (what: readonly string[]) => void): () => void;
}

export function createState(now: () => number = Date.now): MockState {
    const listeners = new Set<(what: readonly string[]) => void>();
    let madeAt = 0;
    let made: WorldTick[] = [];
    const state: MockState = {
        role: 'operator',
        tag: 1,
        get world() {
            const last = Math.floor((now() - 5_000) / TickMs);
            if (last !== madeAt) [madeAt, made] = [last, makeWorld(now() - 5_000)];
            return made;
        },
        now,
        exchange: 'paper',
        configuredMode: 'auto',
        mode: 'auto',
        halt: undefined,
        proposal: false,
        unknownOrder: false,
        unproven: false,
        failing: false,
        stale: false,
        empty: false,
        settings: {},
        faults: [],
        down: false,
        changed(what) {
            state.tag++;
            for (const listener of listeners) listener(what);
        },
        watch(listener) {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
    };
    return state;
}

/** Situations to look at, by name; each begins from a calm one. Opened as `/__mock/<name>`. */
export const Scenarios: Readonly<Record<string, Partial<MockState>>> = {
    calm: {},
    observe: { mode: 'observe', configuredMode: 'observe' },
    approve: { mode: 'approve', configuredMode: 'approve', proposal: true },
    live: { exchange: 'mexc' },
    reader: { role: 'reader', mode: 'approve', configuredMode: 'approve', proposal: true },
    'signed-out': { role: undefined },
    halted: { halt: { since: new Date(Date.now() - 47 * 60_000).toISOString(), by: 'operator', reason: 'The price jumped and I want to look first' } },
    trouble: { unproven: true, unknownOrder: true },
    failing: { failing: true, stale: true },
    empty: { empty: true },
    down: { down: true },
};

export function enter(state: MockState, scenario: string): boolean {
    const wanted = Scenarios[scenario];
    if (!wanted) return false;
    Object.assign(state, {
        role: 'operator', exchange: 'paper', configuredMode: 'auto', mode: 'auto', halt: undefined, proposal: false, unknownOrder: false, unproven: false,
        failing: false, stale: false, empty: false, settings: {}, faults: [], down: false,
    } satisfies Partial<MockState>, wanted);
    state.changed(['tick', 'trading', 'books', 'settings']);
    return true;
}
