import type { Overview } from '../api/types';
import { createResource } from './resource';
import { serverAhead } from './clock';
import { onChange } from './live';
import { get } from '../api/client';

/** What the header and Now show; every page may read it. */
export const overview = createResource<Overview>('/overview', async (path) => {
    const answer = await get<Overview>(path);
    serverAhead.value = Date.parse(answer.now) - Date.now();
    return answer;
});

/** Loads it, and again on every change, until the returned function is called. */
export function followOverview(): () => void {
    void overview.reload();
    return onChange(() => void overview.reload());
}
