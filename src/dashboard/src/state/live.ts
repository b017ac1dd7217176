import { signal } from '@preact/signals';
import { AllChanges, followEvents, type Change } from '../api/events';
import { loadSession } from './session';

/** Whether what is shown follows the server: `live`; `connecting` at first; `lost` while the line is down and tried again. */
export const line = signal<'connecting' | 'live' | 'lost'>('connecting');

/** Since when the line has been down; absent while it is not. */
export const lostSince = signal<number | undefined>(undefined);

type Listener = (what: readonly Change[]) => void;
const listeners = new Set<Listener>();

/** Calls back on every change, and with all of them when the line is back after a loss. Returns how to stop. */
export function onChange(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

export function announce(what: readonly Change[]): void {
    for (const listener of [...listeners]) listener(what);
}

/** While the line is down the page asks by itself, this often. */
const PollMs = 30_000;

/** Follows the events until the returned function is called. */
export function goLive(): () => void {
    const abort = new AbortController();
    let wasLost = false;
    let lastTag: string | undefined;
    const poll = setInterval(() => { if (line.value === 'lost' && !document.hidden) announce(AllChanges); }, PollMs);
    void followEvents({
        onOpen: () => {
            line.value = 'live';
            lostSince.value = undefined;
            if (wasLost) announce(AllChanges);
            wasLost = false;
        },
        onChanged: (tag, what) => {
            if (tag === lastTag) return;
            lastTag = tag;
            announce(what);
        },
        onLost: (status) => {
            wasLost = true;
            line.value = 'lost';
            lostSince.value ??= Date.now();
            if (status === 401) void loadSession();
        },
    }, abort.signal);
    return () => {
        clearInterval(poll);
        abort.abort();
        line.value = 'connecting';
        lostSince.value = undefined;
    };
}
