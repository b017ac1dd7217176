import type { Mode } from '../api/types';

export type Plate = 'paper' | 'observe' | 'approve' | 'live';

/** What stands on the plate: play money is PAPER whatever the mode; with real money the mode counts. */
export function plateOf(exchange: 'paper' | 'mexc', mode: Mode): Plate {
    return exchange === 'paper' ? 'paper' : mode === 'auto' ? 'live' : mode;
}
