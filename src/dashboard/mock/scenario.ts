import { decimal, type Decimal } from '../src/api/decimal';
import type { MockState } from './state';
import { makeWorld, type World } from './world';

/** What History and Books are answered from: 90 days, and what is wrong with them. */
export interface Scenario {
    world: World;
    /** What the account holds beyond what the books explain. */
    difference: { base: Decimal; quote: Decimal; since?: string };
}

export const Nothing = { base: decimal('0'), quote: decimal('0') };

const scenarios = new WeakMap<MockState, Scenario>();

export function scenarioOf(state: MockState): Scenario {
    let scenario = scenarios.get(state);
    if (!scenario) {
        scenario = { world: makeWorld(Date.now()), difference: Nothing };
        scenarios.set(state, scenario);
    }
    return scenario;
}

/** Before the first tick. */
export function emptyWorld(now: number): World {
    const none = decimal('0');
    return { now, ticks: [], moments: [], trades: [], orders: [], journal: [], avgCost: none, realized: none, quoteFees: none };
}
