import { parseExact } from './decimal';
import { Problem, problemOf } from './problem';

export const Api = '/api/v1';

/** The token that proves to the server that a change comes from this page; known once the session is. */
let csrf: string | undefined;

export function useCsrf(token: string | undefined): void {
    csrf = token;
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return send<T>(path, signal ? { signal } : {});
}

/** @param body JSON text, or what becomes it; absent sends none. */
export async function change<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = csrf === undefined ? {} : { 'X-CSRF-Token': csrf };
    if (body === undefined) return send<T>(path, { method, headers });
    headers['Content-Type'] = 'application/json';
    return send<T>(path, { method, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
}

/** Throws {@link Problem}; an aborted request throws the browser's own AbortError. */
async function send<T>(path: string, init: RequestInit): Promise<T> {
    let response: Response;
    try {
        response = await fetch(Api + path, { credentials: 'same-origin', cache: 'no-store', ...init });
    } catch (error) {
        if (error instanceof DOMException && error.name === 'AbortError') throw error;
        throw new Problem('offline', 0, 'the server does not answer');
    }
    if (!response.ok) throw await problemOf(response);
    const text = await response.text();
    if (text === '') return undefined as T;
    try {
        return parseExact(text) as T;
    } catch (error) {
        if (error instanceof SyntaxError) throw new Problem('failed', response.status, 'the answer is not JSON');
        throw error;
    }
}

/** `?a=1&b=2` of those that are not absent; empty when all are. */
export function query(values: Readonly<Record<string, string | number | undefined>>): string {
    const pairs = Object.entries(values).filter((pair): pair is [string, string | number] => pair[1] !== undefined);
    return pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}
