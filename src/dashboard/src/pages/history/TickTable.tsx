import { useComputed, useSignalEffect, type Signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { get, query } from '../../api/client';
import type { Page, TickRow } from '../../api/types';
import { secondsOf } from '../../charts/curve';
import { hover, picked } from '../../charts/hover';
import { dateTime, exactTime } from '../../format/dates';
import { amount, count as counted, percent, price } from '../../format/numbers';
import { actionWord, orderStateWord, reasonWords, type Assets } from '../../i18n/decisions';
import { historyWords as words } from '../../i18n/history';
import { Badge } from '../../parts/Badge';
import { Card } from '../../parts/Panel';
import { parts } from '../../i18n/parts';
import { onChange } from '../../state/live';
import { askedOf, isFiltered, matches, type Filter } from './filter';
import { FilterBar } from './FilterBar';
import { pagedList, type PagedList } from './pagedList';
import { Pending } from './Pending';
import { rowAt } from './rowAt';
import { TickDetail } from './TickDetail';
import { actionOf, actionTone, orderTone } from './tones';
import { useNarrow } from '../../charts/useNarrow';
import { VirtualGrid } from './VirtualGrid';

const Columns = ['time', 'action', 'reason', 'price', 'deviation', 'notional', 'value', 'order'] as const;
const Numeric: ReadonlySet<string> = new Set(['price', 'deviation', 'notional', 'value']);
const PageSize = 200;

/** Every plan, newest first, with what became of it; loads further back as one scrolls. */
export function TickTable({ assets, id, filter }: { assets: Assets; id: string; filter: Signal<Filter> }): JSX.Element {
    const asked = useComputed(() => query({ limit: PageSize, ...askedOf(filter.value) }));
    const list = useMemo(() => pagedList<TickRow>(
        (before) => get<Page<TickRow>>(`/ticks${asked.peek()}${before === undefined ? '' : `&before=${encodeURIComponent(before)}`}`), (row) => row.tick), []);
    useEffect(() => { void list.restart(); }, [asked.value]);
    useEffect(() => onChange((what) => { if (what.includes('tick') || what.includes('trading')) void list.refresh(); }), []);
    const rows = useComputed(() => {
        const wanted = filter.value;
        return list.items.value.filter((row) => matches(row, wanted, saidOf(row)));
    });
    useFollowCharts(list);
    const all = list.items.value, shown = rows.value;
    const empty = list.begun.value && shown.length === 0 && list.whole.value;
    return (
        <Card title={words('plans')} class="plans" aside={<span class="muted small-text" role="status">{statusOf(list, shown.length)}</span>}>
            <FilterBar filter={filter} />
            {!list.begun.value ? <Pending list={list} /> : empty ? <p class="empty">{words(isFiltered(filter.value) ? 'noMatchAtAll' : 'noPlans')}</p>
                : <Grid assets={assets} id={id} rows={shown} list={list} all={all} />}
        </Card>
    );
}

function Grid({ assets, id, rows, list, all }: {
    assets: Assets; id: string; rows: readonly TickRow[]; list: PagedList<TickRow>; all: readonly TickRow[];
}): JSX.Element {
    const narrow = useNarrow();
    const under = hover.value;
    const marked = under ? rowAt(rows, under.time) : -1;
    return (
        <VirtualGrid
            id={id} label={words('plans')} help={words('gridHelp')} class={`tick-grid${narrow ? ' is-narrow' : ''}`}
            columns={Columns.map((key) => ({ key, title: words(`col:${key}`), numeric: Numeric.has(key) }))}
            count={rows.length} total={list.whole.value ? rows.length : -1} rowHeight={narrow ? 68 : 40}
            keyOf={(index) => rows[index]?.tick ?? String(index)}
            cell={(index, column) => { const row = rows[index]; return row ? cellOf(row, column, assets) : ''; }}
            detail={(index) => { const row = rows[index]; return row ? <TickDetail row={row} assets={assets} /> : null; }}
            marked={marked}
            onHover={(index) => {
                const row = index === null ? undefined : rows[index];
                hover.value = row ? { time: secondsOf(row.timestamp), by: 'table' } : null;
            }}
            onNearEnd={() => { if (list.begun.value && !list.problem.value) void list.more(); }}
            foot={<Foot list={list} shown={rows.length} oldest={all.at(-1)} />} />
    );
}

function Foot({ list, shown, oldest }: { list: PagedList<TickRow>; shown: number; oldest: TickRow | undefined }): ComponentChildren {
    if (list.problem.value) return <Pending list={list} />;
    if (list.loading.value || !list.whole.value) {
        return <p class="grid-more">{shown === 0 && oldest ? words('noMatch', { time: dateTime(oldest.timestamp) }) : ''} {words('loadingMore')}</p>;
    }
    return null;
}

function statusOf(list: PagedList<TickRow>, shown: number): string {
    const oldest = list.items.value.at(-1);
    if (!oldest) return list.loading.value ? parts('loading') : '';
    if (list.whole.value) return words('shownAll', { shown: counted(shown) });
    return words('shownSoFar', { shown: counted(shown), loaded: counted(list.items.value.length), time: dateTime(oldest.timestamp) });
}

// A click in a chart, or a crosshair that rests, asks for the rows of that time when they are not there yet.
function useFollowCharts(list: PagedList<TickRow>): void {
    const reach = (time: number): void => void list.until((rows) => {
        const oldest = rows.at(-1);
        return oldest !== undefined && secondsOf(oldest.timestamp) <= time;
    });
    useSignalEffect(() => { if (picked.value !== null) reach(picked.value); });
    useSignalEffect(() => {
        const now = hover.value;
        if (now?.by !== 'chart') return undefined;
        const rest = setTimeout(() => reach(now.time), 600);
        return () => clearTimeout(rest);
    });
}

/** The words that the page shows for a row, to be searched. */
function saidOf(row: TickRow): string {
    const [reason, order] = [row.reason ? reasonWords(row.reason) : '', row.order_state ? orderStateWord(row.order_state) : ''];
    return [actionWord(actionOf(row)), reason, order, dateTime(row.timestamp)].join(' ');
}

function cellOf(row: TickRow, column: string, assets: Assets): ComponentChildren {
    switch (column) {
        case 'time': return <time dateTime={row.timestamp} title={exactTime(row.timestamp)}>{dateTime(row.timestamp)}</time>;
        case 'action': return <Badge tone={actionTone(actionOf(row))}>{actionWord(actionOf(row))}</Badge>;
        case 'reason': return row.error ?? (row.reason ? reasonWords(row.reason) : '');
        case 'price': return row.price ? price(row.price) : '–';
        case 'deviation': return row.deviation ? percent(row.deviation) : '–';
        case 'notional': return row.notional_usdt ? amount(row.notional_usdt) : '–';
        case 'value': return row.total_value ? amount(row.total_value, assets.quote) : '–';
        case 'order': return row.order_state ? <Badge tone={orderTone(row.order_state)}>{orderStateWord(row.order_state)}</Badge> : '';
        default: return '';
    }
}
