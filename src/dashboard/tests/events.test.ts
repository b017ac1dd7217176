import { describe, expect, it, vi } from 'vitest';
import { followEvents, readEvents, SilenceMs, type EventsListener, type EventsSurroundings } from '../src/api/events';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A stream of these chunks, which then ends, or stays open. */
function stream(chunks: readonly string[], open = false): ReadableStream<Uint8Array> {
    return new ReadableStream({
        start(controller) {
            for (const chunk of chunks) controller.enqueue(bytes(chunk));
            if (!open) controller.close();
        },
    });
}

/** Follows answers given one after the other until they are used up; tells what was asked and heard. */
async function follow(answers: readonly (() => Response | Promise<Response>)[]): Promise<{ asked: (string | null)[]; heard: string[]; waits: number[] }> {
    const [asked, heard, waits]: [(string | null)[], string[], number[]] = [[], [], []];
    const abort = new AbortController();
    const listener: EventsListener = {
        onOpen: () => heard.push('open'),
        onChanged: (tag, what) => heard.push(`${tag} ${what.join()}`),
        onLost: (status) => heard.push(`lost ${status}`),
    };
    const around: EventsSurroundings = {
        fetch: (_, init) => {
            asked.push(new Headers(init?.headers).get('Last-Event-ID'));
            const answer = answers[asked.length - 1];
            return answer ? Promise.resolve(answer()) : Promise.reject(new Error('no more'));
        },
        wait: (ms) => {
            waits.push(ms);
            if (asked.length >= answers.length) abort.abort();
            return Promise.resolve();
        },
        chance: () => 0.5,
    };
    await followEvents(listener, abort.signal, around);
    return { asked, heard, waits };
}

const changed = (tag: string, what: string): string => `event: changed\nid: ${tag}\ndata: {"version_tag":"${tag}","what":["${what}"]}\n\n`;

describe('the stream of events', () => {
    it('is read across chunks, with comments left out', async () => {
        const events = [];
        for await (const event of readEvents(stream([': alive\n\neve', 'nt: changed\nid: 7\nda', 'ta: {"a":\ndata: 1}\r\n\r\n', 'id: 8\n\n']), 1000)) events.push(event);
        expect(events).toEqual([{ name: 'changed', data: '{"a":\n1}', id: '7' }]);
    });

    it('is resumed where it broke off', async () => {
        const { asked, heard } = await follow([() => new Response(stream([changed('t1', 'tick'), changed('t2', 'books')])), () => new Response(stream([]))]);
        expect(asked).toEqual([null, 't2']);
        expect(heard).toEqual(['open', 't1 tick', 't2 books', 'lost 0', 'open', 'lost 0']);
    });

    it('is tried again ever later, and soon again after it was open', async () => {
        const down = (): Promise<Response> => Promise.reject(new TypeError('fetch failed'));
        const { waits } = await follow([...Array.from({ length: 7 }, () => down), () => new Response(stream([])), down]);
        expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 1000, 2000]);
    });

    it('tells a refusal from a broken line', async () => {
        const { heard } = await follow([() => new Response('', { status: 401 }), () => new Response('', { status: 503 })]);
        expect(heard).toEqual(['lost 401', 'lost 503']);
    });

    it('is given up when it is silent for too long', async () => {
        vi.useFakeTimers();
        try {
            const read = readEvents(stream([changed('t1', 'tick')], true), SilenceMs);
            expect((await read.next()).done).toBe(false);
            const next = read.next();
            const outcome = expect(next).rejects.toThrow('silent');
            await vi.advanceTimersByTimeAsync(SilenceMs);
            await outcome;
        } finally {
            vi.useRealTimers();
        }
    });
});
