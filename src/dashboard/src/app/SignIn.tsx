import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Problem } from '../api/problem';
import type { Session } from '../api/types';
import { duration } from '../format/dates';
import { shell } from '../i18n/shell';
import { problemText } from '../parts/problemText';
import { useAttempt } from '../parts/useAttempt';
import { signIn } from '../state/session';
import { LanguageSwitch } from './LanguageSwitch';

type SignedOut = Extract<Session, { signed_in: false }>;

const SetPassword = 'ballast operator set-password';
const MakeLink = 'ballast operator link';

export function SignIn({ session }: { session: SignedOut }): JSX.Element {
    const linkUsed = new URLSearchParams(location.search).get('link') === 'used';
    return (
        <main class="sign-in">
            <div class="sign-in-card">
                <svg class="brand-mark brand-large" viewBox="0 0 32 32" aria-hidden="true">
                    <rect width="32" height="32" rx="8" /><path class="brand-hull" d="M7 19h18a9 9 0 0 1-18 0Z" /><path class="brand-mast" d="M16 6v10M11 11h10" />
                </svg>
                <h1>{shell('signInTitle')}</h1>
                {linkUsed && <p class="note note-warn" role="alert"><span>{shell('linkUsed')}</span></p>}
                {session.sign_in === 'password' && <PasswordForm />}
                {session.sign_in === 'link' && <Hint words={shell('linkOnly')} command={MakeLink} />}
                {session.sign_in === 'off' && <Hint words={shell('signInOff')} command={SetPassword} />}
                {session.sign_in === 'password' && <Hint words={shell('linkHint')} command={MakeLink} />}
                {session.sign_in === 'password' && <Hint words={shell('forgot')} command={SetPassword} />}
                <LanguageSwitch />
            </div>
        </main>
    );
}

function Hint({ words, command }: { words: string; command: string }): JSX.Element {
    return <p class="hint">{words} <code>{command}</code></p>;
}

function PasswordForm(): JSX.Element {
    const [password, setPassword] = useState('');
    const { busy, problem, run } = useAttempt();
    const submit = async (event: Event): Promise<void> => {
        event.preventDefault();
        if (busy || password === '') return;
        if (!await run(() => signIn(password))) setPassword('');
    };
    return (
        <form class="sign-in-form" onSubmit={(event) => void submit(event)}>
            {/* Password managers want to know whose password it is. */}
            <input class="unseen" type="text" name="username" value="operator" autocomplete="username" tabIndex={-1} aria-hidden="true" readOnly />
            <label class="field">
                <span class="field-label">{shell('password')}</span>
                <input class="input" type="password" name="password" autocomplete="current-password" autofocus required value={password}
                    aria-invalid={problem !== undefined} onInput={(event) => setPassword(event.currentTarget.value)} />
            </label>
            {problem && <p class="note note-bad" role="alert"><span>{signInProblem(problem)}</span></p>}
            <button type="submit" class="button button-primary wide" disabled={busy}>{shell('signIn')}</button>
        </form>
    );
}

export function signInProblem(problem: Problem): string {
    if (problem.kind === 'signed-out') return shell('wrongPassword');
    if (problem.kind !== 'locked') return problemText(problem);
    return problem.retryAfter === undefined ? shell('lockedOutSome') : shell('lockedOut', { time: duration(problem.retryAfter * 1000) });
}
