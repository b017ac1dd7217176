import type { Problem, ProblemKind } from '../api/problem';
import { parts } from '../i18n/parts';

const Words: Readonly<Record<ProblemKind, 'offline' | 'signedOut' | 'forbidden' | 'missing' | 'conflict' | 'invalid' | 'locked' | 'unavailable' | 'failed'>> = {
    offline: 'offline', 'signed-out': 'signedOut', forbidden: 'forbidden', missing: 'missing', conflict: 'conflict', invalid: 'invalid', locked: 'locked',
    unavailable: 'unavailable', failed: 'failed',
};

/** What went wrong, in the page's language, and the server's own sentence behind it. */
export function problemText(problem: Problem): string {
    const words = parts(Words[problem.kind]);
    return problem.kind === 'offline' ? words : `${words} ${parts('serverSays', { detail: problem.detail })}`;
}
