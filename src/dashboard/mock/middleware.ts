import type { IncomingMessage, ServerResponse } from 'node:http';
import { mockServer } from './server';
import { enter } from './state';

/** The mock as a middleware of Vite's server. */
export function mockMiddleware(): (request: IncomingMessage, response: ServerResponse, next: () => void) => void {
    const server = mockServer();
    // A tick a quarter of an hour, as the world does.
    let ticks = server.state.world.at(-1)?.at;
    setInterval(() => {
        const newest = server.state.world.at(-1)?.at;
        if (newest !== ticks) server.state.changed(['tick']);
        ticks = newest;
    }, 1_000).unref();
    return (request, response, next) => {
        const scenario = /^\/__mock\/([\w-]+)$/.exec(request.url ?? '')?.[1];
        if (scenario !== undefined) {
            const known = enter(server.state, scenario);
            return void response.writeHead(known ? 303 : 404, { Location: '/' }).end();
        }
        if (!request.url?.startsWith('/api/v1')) return next();
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => void server.handle(request, Buffer.concat(chunks).toString(), response));
    };
}
