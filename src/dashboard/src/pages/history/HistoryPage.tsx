import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { get, query } from '../../api/client';
import type { Change } from '../../api/events';
import type { Equity, Profit, Trades } from '../../api/types';
import { replaceParams, route } from '../../app/router';
import { Charts } from '../../charts/Charts';
import { curveOf, marksOf } from '../../charts/curve';
import '../../charts/charts.css';
import { WaterfallChart } from '../../charts/Waterfall';
import { dateTime } from '../../format/dates';
import { amount, count } from '../../format/numbers';
import { sign } from '../../format/decimal';
import { historyWords as words } from '../../i18n/history';
import { Card, Panel } from '../../parts/Panel';
import { onChange } from '../../state/live';
import { overview } from '../../state/overview';
import { serverNow } from '../../state/clock';
import { createResource, type Resource } from '../../state/resource';
import { NoFilter, type Filter } from './filter';
import './history.css';
import { isRange, ranges, startOf, type Range } from './range';
import { TickTable } from './TickTable';

/** The most that the server gives: a quarter of ticks and hours in full, so that what is zoomed into is there already. */
const Points = 5000;
const TableId = 'plans';

export default function HistoryPage(): JSX.Element {
    const wanted = route.value.params.get('range');
    const range: Range = isRange(wanted) ? wanted : '30d';
    const filter = useSignal<Filter>(NoFilter);
    const equity = useStretch<Equity>('/equity', range, { points: Points }, ['tick', 'books']);
    const known = equity.data.value;
    const assets = { base: overview.data.value?.base ?? '', quote: overview.data.value?.quote ?? '' };
    return (
        <div class="history">
            <header class="history-head">
                <h1>{words('title')}</h1>
                <RangePicker range={range} />
            </header>
            <Curves range={range} equity={equity} {...assets} />
            {!known || known.points.length > 0 ? <ProfitPart range={range} quote={assets.quote} ready={known !== undefined} /> : <NoProfit />}
            <TickTable id={TableId} assets={assets} filter={filter} />
        </div>
    );
}

function RangePicker({ range }: { range: Range }): JSX.Element {
    return (
        <div class="segments" role="group" aria-label={words('range')}>
            {(Object.keys(ranges) as Range[]).map((each) => (
                <button key={each} type="button" class="segment" aria-pressed={each === range} onClick={() => replaceParams({ range: each })}>
                    {words(`range:${each}`)}
                </button>
            ))}
        </div>
    );
}

function Curves({ range, equity, base, quote }: { range: Range; equity: Resource<Equity>; base: string; quote: string }): JSX.Element {
    const trades = useStretch<Trades>('/trades', range, { limit: 2000 }, ['trading', 'tick']);
    const [curve, filled] = [equity.data.value, trades.data.value];
    const points = useMemo(() => (curve ? curveOf(curve) : []), [curve]);
    const marks = useMemo(() => marksOf(filled?.items ?? [], points), [filled, points]);
    return (
        <Panel of={equity} title={words('curves')} lines={9} class="curves"
            empty={(data) => (data.points.length > 0 ? undefined : words(range === 'all' || !overview.data.value?.last_tick ? 'noCurve' : 'noCurveInRange'))}>
            {(data) => (
                <Charts points={points} marks={marks} threshold={Number(data.threshold)} base={base} quote={quote} stretch={range} tableId={TableId} notes={(
                    <>
                        <span>{words(data.step === 'hour' ? 'perHour' : 'perTick')}</span>
                        {filled?.truncated && <span>{words('tradesCut', { count: count(filled.items.length) })}</span>}
                        {!filled && trades.problem.value && <span class="warn-text">{words('tradesLost')}</span>}
                    </>
                )} />
            )}
        </Panel>
    );
}

/** @param ready whether a price was seen in the stretch: without one the server refuses, because there is nothing to compare */
function ProfitPart({ range, quote, ready }: { range: Range; quote: string; ready: boolean }): JSX.Element {
    const profit = useStretch<Profit>('/books/profit', range, {}, ['tick', 'books'], 'since', ready);
    const data = profit.data.value;
    return (
        <Panel of={profit} title={words('profit')} lines={6}
            aside={data && <span class="muted small-text">{words('profitSince', { since: dateTime(data.since) })}</span>}>
            {(found) => (
                <>
                    <WaterfallChart profit={found} quote={quote} />
                    <p class="small-text soft">
                        {words('holdInstead', { hold: amount(found.buy_and_hold, quote), quote, cash: amount(found.all_quote, quote) })}
                        {sign(found.outside_fees) !== 0 && ` ${words('outsideFees', { amount: amount(found.outside_fees, quote) })}`}
                    </p>
                </>
            )}
        </Panel>
    );
}

function NoProfit(): JSX.Element {
    return <Card title={words('profit')}><p class="empty">{words('noProfit')}</p></Card>;
}

/** Something about the stretch of time that is picked: the stretch ends now, so each time it is asked anew it begins a little later. */
function useStretch<T>(
    path: string, range: Range, more: Readonly<Record<string, string | number>>, changes: readonly Change[], startName = 'from', ready = true,
): Resource<T> {
    const resource = useMemo(() => createResource<T>(
        `${path}?${range}`, () => get<T>(path + query({ [startName]: startOf(range, new Date(serverNow())), ...more }))), [path, range]);
    useEffect(() => {
        if (!ready) return undefined;
        void resource.reload();
        return onChange((what) => { if (what.some((change) => changes.includes(change))) void resource.reload(); });
    }, [resource, ready]);
    return resource;
}
