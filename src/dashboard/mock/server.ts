import type { IncomingMessage, ServerResponse } from 'node:http';
import { actRoutes } from './acts';
import { bookRoutes } from './books';
import { diagnosisRoutes } from './diagnosis';
import { historyRoutes } from './history';
import { nowRoutes } from './now';
import { toJson } from './numbers';
import { sessionRoutes } from './session';
import { settingRoutes } from './settings';
import { createState, type MockState } from './state';

/** What a request asks, and the state it is answered from. */
export interface Call {
    state: MockState;
    query: URLSearchParams;
    body: Record<string, unknown>;
    headers: Readonly<Record<string, string | string[] | undefined>>;
}
/** A refusal, written as a problem document. */
export class Refused extends Error {
    constructor(readonly status: number, readonly detail: string, readonly retryAfter?: number) { super(detail); }
}
/** By method and path, such as `GET /overview`; the answer becomes JSON. Throw {@link Refused} to refuse. */
export type Routes = Readonly<Record<string, (call: Call) => unknown>>;

export function mockServer(state: MockState = createState()): { state: MockState; handle(request: IncomingMessage, body: string, response: ServerResponse): Promise<void> } {
    const routes: Routes = { ...sessionRoutes, ...nowRoutes, ...actRoutes, ...settingRoutes, ...diagnosisRoutes, ...historyRoutes, ...bookRoutes };
    const handle = async (request: IncomingMessage, body: string, response: ServerResponse): Promise<void> => {
        const url = new URL(request.url ?? '/', 'http://localhost');
        const path = url.pathname.replace(/^\/api\/v1/, '');
        if (request.method === 'GET' && path === '/events') return streamEvents(state, request, response);
        try {
            const answer = answerTo(routes, state, request, path, url.searchParams, body);
            const text = answer === undefined ? '' : toJson(answer);
            response.writeHead(text === '' ? 204 : 200, { 'Content-Type': 'application/json' }).end(text);
        } catch (error) {
            if (!(error instanceof Refused)) throw error;
            response.writeHead(error.status, {
                'Content-Type': 'application/problem+json', ...(error.retryAfter === undefined ? {} : { 'Retry-After': String(error.retryAfter) }),
            }).end(JSON.stringify({ title: 'Refused', status: error.status, detail: error.detail }));
        }
    };
    return { state, handle };
}

function answerTo(routes: Routes, state: MockState, request: IncomingMessage, path: string, query: URLSearchParams, body: string): unknown {
    const route = routes[`${request.method} ${path}`];
    if (!route) throw new Refused(404, `there is no ${path}`);
    if (path !== '/session') {
        if (state.down) throw new Refused(503, 'Redis unavailable');
        if (state.role === undefined) throw new Refused(401, 'sign in first');
        if (request.method !== 'GET' && state.role === 'reader') throw new Refused(403, 'a reader may only look');
    }
    return route({ state, query, body: body === '' ? {} : (JSON.parse(body) as Record<string, unknown>), headers: request.headers });
}

function streamEvents(state: MockState, request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const send = (what: readonly string[]): void => {
        response.write(`event: changed\nid: ${state.tag}\ndata: ${JSON.stringify({ version_tag: String(state.tag), what })}\n\n`);
    };
    if (request.headers['last-event-id'] !== String(state.tag)) send(['tick', 'trading', 'books', 'settings']);
    const alive = setInterval(() => response.write(': alive\n\n'), 15_000);
    const stop = state.watch(send);
    response.on('close', () => { clearInterval(alive); stop(); });
}
