import { Refused, type Routes } from './server';
import type { MockState } from './state';

const shown = (state: MockState): unknown => state.role === undefined ? { signed_in: false, sign_in: 'password' }
    : { signed_in: true, role: state.role, csrf: 'mock', since: '2026-11-26T08:00:00Z', expires: '2026-12-03T08:00:00Z' };

/** The passwords are the roles' names. */
export const sessionRoutes: Routes = {
    'GET /session': ({ state }) => shown(state),
    'POST /session': ({ state, body }) => {
        const password = body['password'];
        if (password === 'locked') throw new Refused(429, 'too many tries', 90);
        if (password !== 'operator' && password !== 'reader') throw new Refused(401, 'the password is wrong');
        state.role = password;
        return shown(state);
    },
    'DELETE /session': ({ state }) => { state.role = undefined; },
    'DELETE /sessions': ({ state }) => { state.role = undefined; },
    'GET /sessions': ({ state }) => ({
        items: [
            { role: 'operator', since: new Date(state.now() - 2 * 3_600_000).toISOString(), last_seen: new Date(state.now()).toISOString(), address: '127.0.0.1', current: true },
            { role: 'reader', since: new Date(state.now() - 30 * 3_600_000).toISOString(), last_seen: new Date(state.now() - 5 * 3_600_000).toISOString(), address: '192.0.2.7', current: false },
        ],
    }),
};
