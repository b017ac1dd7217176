import type { Decimal } from './decimal';

export type Mode = 'observe' | 'approve' | 'auto';
export type Action = 'HOLD' | 'BUY' | 'SELL';
export type Side = 'BUY' | 'SELL';
export type OrderStateName = 'proposed' | 'blocked' | 'filled' | 'partially_filled' | 'unfilled' | 'rejected' | 'unknown';

export interface Session {
    signed_in: boolean;
    sign_in?: 'password' | 'link' | 'off';
    role?: 'operator' | 'reader';
    csrf?: string;
    expires?: string;
    since?: string;
}

export interface Check { name: string; value: Decimal; limit: Decimal; passed: boolean }
export interface Guard extends Check { sentence: string }
export interface ExplanationLine { key: string; label: string; sum: string; value?: Decimal; unit?: string }
export interface Explanation { headline: string; lines: ExplanationLine[] }

/** What a tick decided, or that it could not: then `status` is "error" and the numbers are absent. */
export interface Plan {
    tick: string;
    task: string;
    mode: Mode;
    timestamp: string;
    status?: string;
    error?: string;
    action?: Action;
    quantity?: Decimal;
    notional_usdt?: Decimal;
    reason?: string;
    price?: Decimal;
    base_balance?: Decimal;
    quote_balance?: Decimal;
    base_free?: Decimal;
    quote_free?: Decimal;
    base_value?: Decimal;
    quote_value?: Decimal;
    total_value?: Decimal;
    target_value?: Decimal;
    target_ratio?: Decimal;
    deviation?: Decimal;
    threshold?: Decimal;
    min_notional?: Decimal;
    fee_rate?: Decimal;
    quantity_step?: Decimal;
    checks?: Check[];
    explanation?: Explanation;
}

export interface Order {
    state: OrderStateName;
    client_order_id: string;
    side: Side;
    type: string;
    quantity: Decimal;
    limit_price: Decimal | null;
    executed_quantity: Decimal;
    average_price: Decimal | null;
    fee: Decimal | null;
    reason: string;
    guards: Guard[];
    tick?: string;
    at?: string;
}

export interface Halt { since?: string; by: string; reason: string }
export interface SetMode { mode: Mode; at: string; by: string; reason: string }
export interface Proposal { tick: string; side: Side; quantity: Decimal; price: Decimal; at: string; expires: string; approved_by?: string }
export interface OpenOrder {
    client_order_id: string; tick: string; side: Side; type: string; quantity: Decimal; limit_price?: Decimal; at: string; not_found: Decimal;
}

export interface Trading {
    mode?: Mode;
    configured_mode?: Mode;
    set_mode?: SetMode;
    halt?: Halt;
    proposal?: Proposal;
    open_order?: OpenOrder;
    last_order_at?: string;
    day_notional: Decimal;
    day_orders: Decimal;
    failures: Decimal;
    settings: Record<string, string>;
}

export interface Movement {
    id: string; time: string; kind: 'deposit' | 'withdrawal' | 'transfer' | 'correction'; leg: 'base' | 'quote'; units: Decimal; price: Decimal;
    price_assumed?: boolean; in_opening?: boolean; reason?: string; by?: string;
}

export interface Books {
    base: string;
    quote: string;
    books: 'balanced' | 'unproven';
    quantity: Decimal;
    avg_cost: Decimal;
    realized_pnl: Decimal;
    fees: Decimal;
    uncovered: Decimal;
    opening_quantity: Decimal;
    opening_quote: Decimal;
    opening_cost: Decimal;
    opening_cost_assumed: boolean;
    unproven_reason?: string;
    unproven_since?: string;
    unproven_base?: Decimal;
    unproven_quote?: Decimal;
    wallet_problem?: string;
    recorded?: Movement[];
}

/** change = market + rebalancing + fees + transfers + corrections + unproven, exactly. */
export interface Profit {
    since: string;
    start_value: Decimal;
    value: Decimal;
    change: Decimal;
    market: Decimal;
    rebalancing: Decimal;
    fees: Decimal;
    transfers: Decimal;
    corrections: Decimal;
    unproven: Decimal;
    buy_and_hold: Decimal;
    all_quote: Decimal;
    outside_fees: Decimal;
}

export interface Overview {
    now: string;
    symbol: string;
    base: string;
    quote: string;
    environment: string;
    exchange: 'paper' | 'mexc';
    market?: 'synthetic' | 'replay' | 'live';
    version: string;
    mode: Mode;
    configured_mode: Mode;
    trading: Trading;
    schedule: { own: boolean; every_minutes?: Decimal; next?: string; expected?: string };
    last_tick?: { tick: string; task: string; timestamp: string; status: 'success' | 'partial' | 'error'; mode: Mode };
    stale: boolean;
    plan?: Plan;
    last_failure?: { tick: string; timestamp: string; error: string };
    books?: Books;
    books_error?: string;
    profit?: Profit;
    day?: { from: string; value_from: Decimal; value: Decimal; change: Decimal; change_ratio: Decimal; proven: boolean };
    sparkline: { t: string; v: Decimal }[];
    version_tag: string;
}

export interface TickRow {
    tick: string; task: string; timestamp: string; mode: Mode; action: Action | 'ERROR'; reason?: string; error?: string;
    price?: Decimal; total_value?: Decimal; deviation?: Decimal; threshold?: Decimal; notional_usdt?: Decimal; quantity?: Decimal;
    order_state?: OrderStateName; client_order_id?: string;
}
export interface Page<T> { items: T[]; next?: string }
export interface TickDetail { plan: Plan; order?: Order; answer?: TaskAnswer }

export interface EquityPoint {
    t: string; price: Decimal; base: Decimal; quote: Decimal; value: Decimal; hold: Decimal; cash: Decimal; deviation: Decimal; drawdown: Decimal;
    avg_cost?: Decimal;
}
export interface Equity { from: string; to: string; step: 'tick' | 'hour'; points: EquityPoint[]; target_ratio: Decimal; threshold: Decimal }

export interface Trade {
    id: string; time: string; side: Side; price: Decimal; quantity: Decimal; quote_quantity: Decimal; fee: Decimal; fee_asset: string;
    fee_value?: Decimal; order_id: string; in_opening?: boolean;
}
export interface Trades { items: Trade[]; truncated: boolean }

export interface JournalLine {
    at: string;
    opening?: { at: string; base: string; quote: string; first_base: Decimal; first_quote: Decimal; cost: Decimal; assumed: boolean; wallet_from: string };
    trade?: Trade;
    movement?: Movement;
    change?: { what: string; to: string; by: string; reason?: string };
}
export interface Audit { verified: boolean; trades: Decimal; movements: Decimal; discrepancies: Record<string, unknown>[] }

export type SettingGroup = 'policy' | 'safety' | 'mode' | 'schedule' | 'store' | 'paper';
export interface Setting {
    name: string; key: string; group: SettingGroup; value?: string; default?: string; source: 'default' | 'configuration' | 'runtime'; changeable: boolean;
    kind: 'ratio' | 'amount' | 'choice' | 'integer' | 'boolean' | 'text'; choices?: string[]; unit?: string; description: string;
}
export interface Settings { items: Setting[]; runtime: Record<string, string> }

export interface PreviewPlan { action: Action; quantity: Decimal; notional_usdt: Decimal; reason: string; deviation: Decimal }
export interface PreviewSums { buys: Decimal; sells: Decimal; turnover: Decimal; fees: Decimal }
export interface Preview {
    valid: boolean;
    error?: string;
    latest?: { before: PreviewPlan; after: PreviewPlan };
    month?: { ticks: Decimal; from: string; to: string; before: PreviewSums; after: PreviewSums; note?: string };
}

/** The parts of a task's answer that the page shows after running one. */
export interface TaskAnswer {
    status: 'success' | 'partial' | 'error';
    task: string;
    tick: string;
    mode: Mode;
    timestamp: string;
    duration_ms: Decimal;
    rebalance: Partial<Plan>;
    order: Order | null;
    settled?: Order;
    alert?: string;
}

export interface DoctorLine { name: string; status: 'pass' | 'warn' | 'fail' | 'skipped'; says: string; fix?: string; ms?: Decimal }
export interface DoctorReport { ran_at: string; lines: DoctorLine[]; summary: { pass: Decimal; warn: Decimal; fail: Decimal } }
export interface FailedTicks { items: { tick: string; timestamp: string; error: string }[] }
export interface PartLatency { name: string; status: string; latency_ms: Decimal; error?: string }
export interface Latency { status: string; store: PartLatency; exchange: PartLatency; last_tick_ms?: Decimal }

export interface FaultKind { name: string; says: string; argument?: string }
export interface ActiveFault { id: string; kind: string; argument?: Decimal; calls?: string[]; count?: Decimal; until?: string }
export interface Faults { kinds: FaultKind[]; active: ActiveFault[] }

/** Somebody who is signed in. */
export interface SessionRow { role: 'operator' | 'reader'; since: string; last_seen?: string; address?: string }
