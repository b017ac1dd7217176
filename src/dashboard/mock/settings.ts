import { exact } from './numbers';
import { tradingOf } from './now';
import { Refused, type Call, type Routes } from './server';

type Row = [name: string, key: string, group: string, value: string | undefined, kind: string, description: string, more?: Record<string, unknown>];

const rows: Row[] = [
    ['target_ratio', 'Ballast:Policy:TargetRatio', 'policy', '0.5', 'ratio', 'Share of the value to hold in the coin.', { changeable: true }],
    ['threshold', 'Ballast:Policy:Threshold', 'policy', '0.01', 'ratio', 'Deviation from which it is worth acting.', { changeable: true }],
    ['min_notional', 'Ballast:Policy:MinNotional', 'policy', '5', 'amount', 'The same as an amount of the quote asset.', { changeable: true, unit: 'USDT' }],
    ['rebalance_to', 'Ballast:Policy:RebalanceTo', 'policy', 'target', 'choice', 'How far an order brings the portfolio back.', { changeable: true, choices: ['target', 'edge'] }],
    ['sides', 'Ballast:Policy:Sides', 'policy', 'both', 'choice', 'Which sides may be traded.', { changeable: true, choices: ['both', 'buy-only', 'sell-only'] }],
    ['max_order_notional', 'Ballast:Safety:MaxOrderNotional', 'safety', '100', 'amount', 'Largest value of one order.', { source: 'configuration', unit: 'USDT' }],
    ['max_daily_notional', 'Ballast:Safety:MaxDailyNotional', 'safety', '500', 'amount', 'Largest value of all orders of a day.', { source: 'configuration', unit: 'USDT' }],
    ['max_daily_orders', 'Ballast:Safety:MaxDailyOrders', 'safety', '48', 'integer', 'Most orders of a day.'],
    ['min_minutes_between_orders', 'Ballast:Safety:MinMinutesBetweenOrders', 'safety', '15', 'integer', 'Rest between two orders.', { unit: 'min' }],
    ['max_spread', 'Ballast:Safety:MaxSpread', 'safety', '0.02', 'ratio', 'Widest gap between bid and ask to trade across.'],
    ['max_slippage', 'Ballast:Safety:MaxSlippage', 'safety', '0.01', 'ratio', 'How far from the planned price an order may fill.'],
    ['max_price_jump', 'Ballast:Safety:MaxPriceJump', 'safety', '0.1', 'ratio', 'Largest change of the price that is traded on.'],
    ['max_drawdown', 'Ballast:Safety:MaxDrawdown', 'safety', '0.25', 'ratio', 'Fall of the value from its highest at which trading halts.'],
    ['proposal_fence', 'Ballast:Safety:ProposalFence', 'safety', '0.01', 'ratio', 'How far the price may have moved from a proposal when its approval is carried out.'],
    ['require_proven_books', 'Ballast:Safety:RequireProvenBooks', 'safety', 'true', 'boolean', 'Whether books that do not balance stop trading.'],
    ['mode', 'Ballast:Mode', 'mode', 'auto', 'choice', 'The most that Ballast may do.', { source: 'configuration', choices: ['observe', 'approve', 'auto'] }],
    ['every_minutes', 'Ballast:Schedule:EveryMinutes', 'schedule', '15', 'integer', 'Minutes between two ticks.', { unit: 'min' }],
    ['store', 'Ballast:Store:DataDirectory', 'store', 'data', 'text', 'Where the embedded store keeps its data.'],
    ['paper_market', 'Ballast:Paper:Market', 'paper', 'synthetic', 'choice', 'Which market the paper exchange shows.', { choices: ['synthetic', 'replay', 'live'] }],
];

const defaults: Record<string, string | undefined> = { max_order_notional: undefined, max_daily_notional: undefined, mode: 'observe' };

function list({ state }: Call): unknown {
    const items = rows.map(([name, key, group, value, kind, description, more]) => ({
        name, key, group, kind, description, changeable: false, source: 'default',
        ...(name in defaults ? (defaults[name] === undefined ? {} : { default: defaults[name] }) : { default: value }),
        ...more,
        value: state.settings[name] ?? value,
        ...(name in state.settings ? { source: 'runtime', configured: value } : {}),
    }));
    return { items, runtime: state.settings };
}

/** `0.01` or `1%`. */
function ratioOf(text: string | undefined, usual: number): number {
    return text === undefined ? usual : text.trim().endsWith('%') ? Number(text.trim().slice(0, -1)) / 100 : Number(text);
}

function problemIn(settings: Record<string, string>): string | undefined {
    const threshold = ratioOf(settings['threshold'], 0.01);
    const target = ratioOf(settings['target_ratio'], 0.5);
    if (!(threshold >= 0 && threshold < 1)) return `setting threshold: '${settings['threshold']}' is not from 0 up to below 1; write the deviation that is worth a trade, such as 0.01 or 1%`;
    if (!(target > 0 && target < 1)) return `setting target_ratio: '${settings['target_ratio']}' is not between 0 and 1; write the share to hold in the coin, such as 0.5 or 50%`;
    return undefined;
}

export const settingRoutes: Routes = {
    'GET /settings': list,
    'PUT /settings': (call) => {
        const next = call.body as Record<string, string>;
        const problem = problemIn(next);
        if (problem !== undefined) throw new Refused(400, problem);
        call.state.settings = next;
        call.state.changed(['settings', 'trading']);
        return tradingOf(call.state);
    },
    'POST /settings/preview': (call) => {
        const settings = call.body['settings'] as Record<string, string>;
        const error = problemIn(settings);
        if (error !== undefined) return { valid: false, error };
        const shift = Math.abs(ratioOf(settings['target_ratio'], 0.5) - 0.5);
        const acts = shift > 0.01 || ratioOf(settings['threshold'], 0.01) < 0.004;
        const plan = (action: string, notional: string, deviation: string, reason: string): unknown => ({
            action, quantity: exact(action === 'HOLD' ? '0' : '812.44'), notional_usdt: exact(notional), reason, deviation: exact(deviation),
        });
        const wide = ratioOf(settings['threshold'], 0.01) > 0.01;
        return {
            valid: true,
            latest: {
                before: plan('HOLD', '4.47', '0.0041', 'Within threshold'),
                after: acts ? plan('BUY', '42.19', '0.0391', 'QRL below target') : plan('HOLD', '4.47', '0.0041', 'Within threshold'),
            },
            month: {
                ticks: 2880, from: new Date(call.state.now() - 30 * 86_400_000).toISOString(), to: new Date(call.state.now()).toISOString(),
                before: { buys: 21, sells: 19, turnover: exact('482.19'), fees: exact('0.241095') },
                after: wide ? { buys: 6, sells: 5, turnover: exact('231.4'), fees: exact('0.1157') } : { buys: 31, sells: 27, turnover: exact('611.02'), fees: exact('0.30551') },
                note: 'each tick by itself, with the balances as they were recorded',
            },
        };
    },
};
