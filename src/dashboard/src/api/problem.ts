/** What went wrong between page and server. `kind` decides what the page does; `detail` is the server's own sentence, always English. */
export type ProblemKind =
    | 'offline' // the server does not answer
    | 'signed-out' // 401
    | 'forbidden' // 403: a reader may not
    | 'missing' // 404
    | 'conflict' // 409: another tick runs
    | 'invalid' // 400, 422: refused for what was asked
    | 'locked' // 429: too many tries
    | 'unavailable' // 503: the store or something else is down
    | 'failed'; // everything else

export class Problem extends Error {
    constructor(
        readonly kind: ProblemKind,
        /** 0 when there was no answer. */
        readonly status: number,
        readonly detail: string,
        /** Seconds until it is worth trying again; absent when nobody promised anything. */
        readonly retryAfter?: number,
    ) {
        super(detail);
        this.name = 'Problem';
    }
}

const Kinds: Readonly<Record<number, ProblemKind>> = {
    400: 'invalid', 401: 'signed-out', 403: 'forbidden', 404: 'missing', 409: 'conflict', 415: 'invalid', 422: 'invalid', 429: 'locked', 503: 'unavailable',
};

/** Reads a refusal: an RFC 9457 problem document, or whatever else a proxy may have answered. */
export async function problemOf(response: Response): Promise<Problem> {
    const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
    return new Problem(
        Kinds[response.status] ?? 'failed',
        response.status,
        (await detailOf(response)) ?? `HTTP ${response.status} ${response.statusText}`.trim(),
        ...(Number.isFinite(seconds) ? [seconds] : []),
    );
}

async function detailOf(response: Response): Promise<string | undefined> {
    if (!/\bjson\b/.test(response.headers.get('Content-Type') ?? '')) return undefined;
    try {
        const body = (await response.json()) as { detail?: unknown; title?: unknown };
        return typeof body.detail === 'string' ? body.detail : typeof body.title === 'string' ? body.title : undefined;
    } catch (error) {
        return error instanceof SyntaxError ? undefined : String(error);
    }
}
