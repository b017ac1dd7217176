import { computed, signal } from '@preact/signals';
import { change, get, useCsrf } from '../api/client';
import { Problem } from '../api/problem';
import type { Session } from '../api/types';

/** Undefined until the server has said. */
export const session = signal<Session | undefined>(undefined);
export const sessionProblem = signal<Problem | undefined>(undefined);

/** A reader looks and changes nothing; the server refuses it too. */
export const mayAct = computed(() => session.value?.signed_in === true && session.value.role === 'operator');

function take(next: Session): void {
    useCsrf(next.signed_in ? next.csrf : undefined);
    session.value = next;
    sessionProblem.value = undefined;
}

export async function loadSession(): Promise<void> {
    try {
        take(await get<Session>('/session'));
    } catch (error) {
        if (!(error instanceof Problem)) throw error;
        sessionProblem.value = error;
    }
}

/** Throws {@link Problem}: signed-out for a wrong password, locked after too many. */
export async function signIn(password: string): Promise<void> {
    take(await change<Session>('POST', '/session', { password }));
}

export async function signOut(): Promise<void> {
    await change('DELETE', '/session');
    await loadSession();
}

/** What every page does with a 401: the session is over, so the sign-in page is due. */
export function sessionEnded(): void {
    if (session.value?.signed_in) void loadSession();
}
