import type { IncomingMessage, ServerResponse } from 'node:http';
import { mockServer } from './server';

/** The mock as a middleware of Vite's server. */
export function mockMiddleware(): (request: IncomingMessage, response: ServerResponse, next: () => void) => void {
    const server = mockServer();
    return (request, response, next) => {
        if (!request.url?.startsWith('/api/v1')) return next();
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => void server.handle(request, Buffer.concat(chunks).toString(), response));
    };
}
