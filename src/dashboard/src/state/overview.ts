import type { Decimal } from '../api/decimal';
import type { Overview, OverviewAnswer, Trading } from '../api/types';
import { createResource } from './resource';
import { serverAhead } from './clock';
import { onChange } from './live';
import { get } from '../api/client';

const NotKnown: Trading = { day_notional: '0' as Decimal, day_orders: '0' as Decimal, failures: '0' as Decimal, settings: {} };

/** What the header and Now show; every page may read it. */
export const overview = createResource<Overview>('/overview', async (path) => {
    const answer = await get<OverviewAnswer>(path);
    serverAhead.value = Date.parse(answer.now) - Date.now();
    return { ...answer, base: answer.base ?? '', quote: answer.quote ?? '', trading: answer.trading ?? NotKnown };
});

/** Loads it, and again on every change, until the returned function is called. */
export function followOverview(): () => void {
    void overview.reload();
    return onChange(() => void overview.reload());
}
