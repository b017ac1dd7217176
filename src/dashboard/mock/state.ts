/** What the mock remembers while it runs. */
export interface MockState {
    role: 'operator' | 'reader' | undefined;
    tag: number;
    /** Counts a change and tells who watches the events. */
    changed(what: readonly string[]): void;
    watch(listener: (what: readonly string[]) => void): () => void;
}

export function createState(): MockState {
    const listeners = new Set<(what: readonly string[]) => void>();
    const state: MockState = {
        role: 'operator',
        tag: 1,
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
