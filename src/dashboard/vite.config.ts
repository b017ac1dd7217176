import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** `npm run dev` answers /api itself, from mock/; it is no part of a build. */
const mockApi: Plugin = {
    name: 'mock-api',
    async configureServer(server) {
        const { mockMiddleware } = (await server.ssrLoadModule('/mock/middleware.ts')) as typeof import('./mock/middleware');
        server.middlewares.use(mockMiddleware());
    },
};

export default defineConfig(({ mode }) => ({
    plugins: mode === 'mock' ? [mockApi] : [],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    server: {
        // Against a real server: npm run dev -- --mode server
        proxy: mode === 'mock' ? {} : { '/api': 'http://localhost:8080', '/sign-in': 'http://localhost:8080' },
    },
    build: {
        target: 'es2022',
        outDir: 'dist',
        // The page's security policy allows no inline script or style and no data: address but for images: everything is a file with a hash in its name.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        reportCompressedSize: true,
    },
    // A zone that is not UTC, so that a time which is not converted is seen.
    test: { environment: 'happy-dom', env: { TZ: 'Asia/Taipei' }, include: ['tests/**/*.test.{ts,tsx}'] },
}));
