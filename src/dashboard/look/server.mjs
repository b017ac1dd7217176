// The built page with the mock's answers behind it, under the security policy that the real server sends.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer as createVite } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
export const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
    + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Listens on a free port of this machine. @returns {Promise<{ base: string, close(): Promise<void> }>} */
export async function serve() {
    const vite = await createVite({ root, server: { middlewareMode: true, ws: false, hmr: false }, appType: 'custom', logLevel: 'error' });
    const { mockMiddleware } = await vite.ssrLoadModule('/mock/middleware.ts');
    const mock = mockMiddleware();
    const server = createServer((request, response) => mock(request, response, () => {
        const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
        const file = join(dist, path === '/' ? 'index.html' : path);
        if (!file.startsWith(dist) || !existsSync(file)) return response.writeHead(404).end();
        response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': policy });
        return createReadStream(file).pipe(response);
    }));
    await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    return {
        base: `http://127.0.0.1:${server.address().port}`,
        close: async () => {
            server.closeAllConnections();
            await new Promise((resolve) => { server.close(resolve); });
            await vite.close();
        },
    };
}
