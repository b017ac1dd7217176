import { Api } from './client';

/** What a `changed` event says is different. */
export type Change = 'tick' | 'trading' | 'books' | 'settings';
export const AllChanges: readonly Change[] = ['tick', 'trading', 'books', 'settings'];

export interface EventsListener {
    /** The stream is open: what is shown will follow what happens. */
    onOpen(): void;
    onChanged(versionTag: string, what: readonly Change[]): void;
    /** The stream is gone; it is tried again in `retryMs`. `status` is 0 when nothing answered. */
    onLost(status: number, retryMs: number): void;
}

export interface EventsSurroundings {
    fetch: typeof fetch;
    wait(ms: number, signal: AbortSignal): Promise<void>;
    /** 0 up to below 1: spreads the retries of many pages. */
    chance(): number;
}

const FirstRetryMs = 1_000;
const LongestRetryMs = 30_000;
/** The server says `: alive` every 15 s; after this long without a word the line is dead, whatever TCP thinks. */
export const SilenceMs = 40_000;

/**
 * Follows the server's events for ever, or until `signal` aborts. Reads the stream itself instead of through EventSource, which can neither
 * send Last-Event-ID after a refusal nor see the comments that tell a quiet line from a dead one.
 */
export async function followEvents(listener: EventsListener, signal: AbortSignal, around: EventsSurroundings = browser): Promise<void> {
    let lastId: string | undefined;
    let failures = 0;
    while (!signal.aborted) {
        let status = 0;
        try {
            const response = await around.fetch(`${Api}/events`, {
                credentials: 'same-origin',
                cache: 'no-store',
                signal,
                headers: { Accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'Last-Event-ID': lastId }) },
            });
            status = response.status;
            if (response.ok && response.body) {
                failures = 0;
                listener.onOpen();
                for await (const event of readEvents(response.body, SilenceMs)) {
                    lastId = event.id ?? lastId;
                    if (event.name === 'changed') {
                        const { version_tag, what } = JSON.parse(event.data) as { version_tag?: string; what?: Change[] };
                        listener.onChanged(version_tag ?? event.id ?? '', what ?? AllChanges);
                    }
                }
            }
        } catch (error) {
            if (signal.aborted) return;
            if (!(error instanceof Error)) throw error;
        }
        if (signal.aborted) return;
        const retryMs = Math.min(LongestRetryMs, FirstRetryMs * 2 ** failures++) * (0.75 + around.chance() / 2);
        listener.onLost(status === 200 ? 0 : status, retryMs);
        await around.wait(retryMs, signal);
    }
}

export interface ServerEvent {
    name: string;
    data: string;
    id?: string;
}

/** The events of a text/event-stream, in order; ends with the stream, or throws after `silenceMs` without a byte. */
export async function* readEvents(body: ReadableStream<Uint8Array>, silenceMs: number): AsyncGenerator<ServerEvent> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    let rest = '';
    try {
        for (;;) {
            const chunk = await within(silenceMs, reader.read());
            if (chunk.done) return;
            rest += decoder.decode(chunk.value, { stream: true });
            const blocks = rest.split(/\r?\n\r?\n/);
            rest = blocks.pop() ?? '';
            for (const block of blocks) {
                const event = readEvent(block);
                if (event) yield event;
            }
        }
    } finally {
        await reader.cancel().catch(() => undefined);
    }
}

/** Undefined for a comment, such as `: alive`, and for an event without data. */
function readEvent(block: string): ServerEvent | undefined {
    const event: ServerEvent = { name: 'message', data: '' };
    const data: string[] = [];
    for (const line of block.split(/\r?\n/)) {
        const colon = line.indexOf(':');
        if (colon <= 0) continue;
        const value = line.slice(colon + 1).replace(/^ /, '');
        const field = line.slice(0, colon);
        if (field === 'event') event.name = value;
        else if (field === 'data') data.push(value);
        else if (field === 'id') event.id = value;
    }
    event.data = data.join('\n');
    return data.length > 0 ? event : undefined;
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error('the stream is silent')), ms);
    });
    try {
        return await Promise.race([work, late]);
    } finally {
        clearTimeout(timer);
    }
}

const browser: EventsSurroundings = {
    fetch: (...request) => fetch(...request),
    wait: (ms, signal) => new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
    }),
    chance: Math.random,
};
