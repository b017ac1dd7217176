import type { IncomingMessage, ServerResponse } from 'node:http';
import { mockServer } from './server';
import { enter } from './state';

/** The mock as a middleware of Vite's server. */
export function mockMiddleware(): (request: IncomingMessage, response: ServerResponse, next: () => void) => void {
    const server = mockServer();
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
