import { afterEach, describe, expect, it, vi } from 'vitest';
import { change, get, query, useCsrf } from '../src/api/client';
import type { Problem } from '../src/api/problem';
import { signInProblem } from '../src/app/SignIn';

function answer(status: number, body: string, headers: Record<string, string> = {}): ReturnType<typeof vi.fn> {
    const fetched = vi.fn(() => Promise.resolve(new Response(status === 204 ? null : body, { status, headers })));
    vi.stubGlobal('fetch', fetched);
    return fetched;
}

const problem = async (work: Promise<unknown>): Promise<Problem> => {
    try {
        await work;
    } catch (error) {
        return error as Problem;
    }
    throw new Error('there was no problem');
};

afterEach(() => { vi.unstubAllGlobals(); useCsrf(undefined); });

describe('the client', () => {
    it('reads decimals as they are written', async () => {
        answer(200, '{"value":1.10}');
        expect(await get('/overview')).toEqual({ value: '1.10' });
    });
    it('proves with every change that it comes from this page', async () => {
        const fetched = answer(200, '{}');
        useCsrf('secret');
        await change('POST', '/halt', { reason: 'r' });
        expect(fetched).toHaveBeenCalledWith('/api/v1/halt', expect.objectContaining({
            method: 'POST', credentials: 'same-origin', body: '{"reason":"r"}', headers: { 'X-CSRF-Token': 'secret', 'Content-Type': 'application/json' },
        }));
        await get('/trading');
        expect(fetched.mock.lastCall).toEqual(['/api/v1/trading', { credentials: 'same-origin', cache: 'no-store' }]);
    });
    it('takes an answer without a body', async () => {
        answer(204, '');
        expect(await change('DELETE', '/session')).toBeUndefined();
    });
    it.each([
        [400, 'invalid'], [401, 'signed-out'], [403, 'forbidden'], [404, 'missing'], [409, 'conflict'], [422, 'invalid'], [429, 'locked'], [500, 'failed'], [502, 'failed'],
        [503, 'unavailable'],
    ])('tells %i as %s, with the server\'s sentence', async (status, kind) => {
        answer(status, '{"title":"T","status":0,"detail":"because"}', { 'Content-Type': 'application/problem+json' });
        expect(await problem(get('/x'))).toMatchObject({ kind, status, detail: 'because' });
    });
    it('tells what a proxy answers, too', async () => {
        answer(502, '<html>', { 'Content-Type': 'text/html' });
        expect(await problem(get('/x'))).toMatchObject({ kind: 'failed', detail: 'HTTP 502' });
        answer(200, '<html>');
        expect(await problem(get('/x'))).toMatchObject({ kind: 'failed', detail: 'the answer is not JSON' });
    });
    it('tells that nobody answers', async () => {
        vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
        expect(await problem(get('/x'))).toMatchObject({ kind: 'offline', status: 0 });
    });
    it('says how long a lock-out lasts', async () => {
        answer(429, '{"detail":"x"}', { 'Content-Type': 'application/problem+json', 'Retry-After': '90' });
        expect(signInProblem(await problem(change('POST', '/session', {})))).toBe('Too many tries. Try again in 1 min 30 sec.');
        answer(401, '{}');
        expect(signInProblem(await problem(change('POST', '/session', {})))).toBe('The password is wrong.');
    });
    it('leaves absent values out of the address', () => {
        expect(query({ limit: 50, before: undefined, action: 'BUY,SELL' })).toBe('?limit=50&action=BUY%2CSELL');
        expect(query({ before: undefined })).toBe('');
    });
});
