import type { JSX } from 'preact';
import type { Session } from '../api/types';

export function SignIn({ session }: { session: Session }): JSX.Element {
    return <main class="page"><p>{session.sign_in}</p></main>;
}
