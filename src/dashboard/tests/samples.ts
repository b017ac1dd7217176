import { decimal, parseExact } from '../src/api/decimal';
import type { Overview, Plan, Preview, Proposal, Settings, Trading } from '../src/api/types';
import { nowRoutes } from '../mock/now';
import { toJson } from '../mock/numbers';
import type { Call } from '../mock/server';
import { settingRoutes } from '../mock/settings';
import { createState, type MockState } from '../mock/state';

/** 2026-11-26 12:05 UTC: five minutes after a tick. */
export const Moment = Date.parse('2026-11-26T12:05:00Z');

function ask<T>(routes: Readonly<Record<string, (call: Call) => unknown>>, route: string, changes: Partial<MockState>, body: Record<string, unknown> = {}): T {
    const state = Object.assign(createState(() => Moment), changes);
    return parseExact(toJson(routes[route]!({ state, body, query: new URLSearchParams(), headers: {} }))) as T;
}

/** What the mock's server answers, as the page reads it. */
export function sampleOverview(changes: Partial<MockState> = {}): Overview {
    return ask<Overview>(nowRoutes, 'GET /overview', changes);
}

export function sampleSettings(settings: Record<string, string> = {}): Settings {
    return ask<Settings>(settingRoutes, 'GET /settings', { settings });
}

export function samplePreview(settings: Record<string, string>): Preview {
    return ask<Preview>(settingRoutes, 'POST /settings/preview', {}, { settings });
}

export const sampleProposal: Proposal = {
    tick: 't', side: 'SELL', quantity: decimal('200'), price: decimal('0.05'), at: '2026-11-26T12:00:00Z', expires: '2026-11-26T12:30:00Z',
};

/** An overview with figures that are easy to check: 10 000 QRL at 0.05 and 480 USDT; 1.02 % off target. */
export function plainOverview(trading: Partial<Trading> = {}, rest: Partial<Overview> = {}): Overview {
    const plan: Plan = {
        tick: 't1', task: '15-min-job', mode: 'auto', timestamp: '2026-11-26T12:00:00Z', action: 'SELL', quantity: decimal('200'), notional_usdt: decimal('10'),
        reason: 'QRL above target', price: decimal('0.05'), base_balance: decimal('10000'), quote_balance: decimal('480'), base_value: decimal('500'),
        quote_value: decimal('480'), total_value: decimal('980'), target_value: decimal('490'), target_ratio: decimal('0.5'), deviation: decimal('0.0102'),
        threshold: decimal('0.01'), min_notional: decimal('5'), checks: [], explanation: { headline: '', lines: [] },
    };
    return {
        now: '2026-11-26T12:05:00Z', symbol: 'QRLUSDT', base: 'QRL', quote: 'USDT', environment: 'Development', exchange: 'paper', market: 'synthetic', version: '1',
        mode: 'auto', configured_mode: 'auto', schedule: { own: true, every_minutes: decimal('15'), next: '2026-11-26T12:15:00Z' }, stale: false, sparkline: [],
        version_tag: 'v1', plan, last_tick: { tick: 't1', task: '15-min-job', timestamp: '2026-11-26T12:00:00Z', status: 'success', mode: 'auto' },
        trading: { day_notional: decimal('48.27'), day_orders: decimal('3'), failures: decimal('0'), settings: {}, ...trading },
        ...rest,
    };
}
