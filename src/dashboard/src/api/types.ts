import type { Decimal } from './decimal';
import type { components } from './generated';

/**
 * What the server answers, from its own description (openapi.json). Here the words of its text fields are narrowed to those that it uses, and the
 * types get the page's shorter names. A field that the server no longer has is a type error.
 */
type Schemas = components['schemas'];
type Narrow<T, Words extends { [K in keyof Words]: K extends keyof T ? unknown : never }> = Omit<T, keyof Words> & Words;

export type Mode = 'observe' | 'approve' | 'auto';
export type Action = 'HOLD' | 'BUY' | 'SELL';
export type Side = 'BUY' | 'SELL';
export type TickStatus = 'success' | 'partial' | 'error';
export type OrderStateName = 'proposed' | 'blocked' | 'filled' | 'partially_filled' | 'unfilled' | 'rejected' | 'unknown';
export type Role = 'operator' | 'reader';

export type Check = Schemas['CheckAnswer'];
export type Guard = Schemas['GuardAnswer'];

/** What a tick decided, or that it could not: then `status` is "error" and the numbers are absent. */
export type Plan = Narrow<Schemas['ExplainedPlan'], { mode: Mode; action?: Action }>;
/** `key` names the step, `sum` writes it out in figures. */
export type ExplanationLine = Schemas['ExplanationLine'];
export type Explanation = Schemas['ExplainedPlan']['explanation'];
export type Order = Narrow<Schemas['OrderAnswer'], { state: OrderStateName; side: Side }>;
export type StoredOrder = Narrow<Schemas['StoredOrder'], { order: Order }>;

export type Halt = Schemas['HaltAnswer'];
export type SetMode = Narrow<Schemas['ModeAnswer'], { mode: Mode }>;
export type Proposal = Narrow<Schemas['ProposalAnswer'], { side: Side }>;
export type OpenOrder = Narrow<Schemas['OpenOrderAnswer'], { side: Side }>;
export type Trading = Narrow<Schemas['TradingAnswer'], { mode?: Mode; configured_mode?: Mode; set_mode?: SetMode; proposal?: Proposal; open_order?: OpenOrder }>;

export type Movement = Narrow<Schemas['StoredMovement'], { kind: 'deposit' | 'withdrawal' | 'transfer' | 'correction'; leg: 'base' | 'quote' }>;
export type Books = Narrow<Schemas['BooksAnswer'], { books: 'balanced' | 'unproven'; recorded?: Movement[] }>;

/** change = market + rebalancing + fees + transfers + corrections + unproven, exactly. */
export type Profit = Schemas['ProfitAnswer'];

export type LastTick = Narrow<Schemas['LastTickAnswer'], { status: TickStatus; mode: Mode }>;
export type OverviewAnswer = Narrow<Schemas['OverviewAnswer'], {
    exchange: 'paper' | 'mexc'; market?: 'synthetic' | 'replay' | 'live'; mode: Mode; configured_mode: Mode; trading?: Trading; last_tick?: LastTick; plan?: Plan;
    books?: Books;
}>;
/** With what may be absent filled in (src/state/overview.ts): the assets are "" before they are known; where trading stands is unknown with `trading_error`. */
export type Overview = Narrow<OverviewAnswer, { base: string; quote: string; trading: Trading }>;

export type TickRow = Narrow<Schemas['TickRow'], { mode: Mode; action?: Action | 'ERROR'; order_state?: OrderStateName }>;
export interface Page<T> { items: T[]; next?: string }
export type TickDetail = Narrow<Schemas['TickDetailAnswer'], { plan: Plan; order?: Order; answer?: TaskAnswer }>;

export type EquityPoint = Schemas['EquityRow'];
export type Equity = Narrow<Schemas['EquityAnswer'], { step: 'tick' | 'hour' }>;

export type Trade = Narrow<Schemas['StoredTrade'], { side: Side }>;
export type Trades = Narrow<Schemas['TradesAnswer'], { items: Trade[] }>;

export type JournalLine = Narrow<Schemas['StoredJournalLine'], { trade?: Trade; movement?: Movement }>;
export type Audit = Schemas['AuditAnswer'];

export type SettingGroup = 'policy' | 'safety' | 'mode' | 'schedule' | 'store' | 'paper';
export type Setting = Narrow<Schemas['SettingAnswer'], {
    group: SettingGroup; source: 'default' | 'configuration' | 'runtime'; kind: 'ratio' | 'amount' | 'choice' | 'integer' | 'boolean' | 'text';
}>;
export type Settings = Narrow<Schemas['SettingsAnswer'], { items: Setting[] }>;

export type PreviewPlan = Narrow<Schemas['DecisionPreview'], { action: Action }>;
export type Preview = Narrow<Schemas['PreviewAnswer'], { latest?: Narrow<Schemas['LatestPreview'], { before: PreviewPlan; after: PreviewPlan }> }>;

/** The parts of a task's answer that the page shows after running one. */
export type TaskAnswer = Narrow<Schemas['TaskAnswer'], {
    status: TickStatus; mode: Mode; rebalance: Narrow<Schemas['RebalanceAnswer'], { action?: Action }>; order?: Order; settled?: Order;
}>;

export type FailedTicks = Schemas['FailedTicksAnswer'];
export type PartLatency = Schemas['PartHealth'];
export type Latency = Schemas['LatencyAnswer'];
export type FaultKind = Schemas['FaultKindAnswer'];
export type ActiveFault = Schemas['FaultAnswer'];
export type Faults = Schemas['FaultsAnswer'];

/** Signed in, or how to be. */
type SessionAnswer = Schemas['SessionAnswer'];
export type Session =
    | (Narrow<SessionAnswer, { signed_in: false; sign_in?: 'password' | 'link' | 'off' }>)
    | (Narrow<SessionAnswer, { signed_in: true; role: Role }>);
/** Somebody who is signed in. */
export type SessionRow = Schemas['SessionRow'];

export interface DoctorLine { name: string; status: 'pass' | 'warn' | 'fail' | 'skipped'; says: string; fix?: string; ms?: Decimal }
export interface DoctorReport { ran_at: string; lines: DoctorLine[]; summary: { pass: Decimal; warn: Decimal; fail: Decimal } }
