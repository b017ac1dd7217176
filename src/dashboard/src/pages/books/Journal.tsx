import { useComputed, useSignal, type Signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { JournalLine, Movement } from '../../api/types';
import { dateTime, exactTime } from '../../format/dates';
import { absolute, sign } from '../../format/decimal';
import { amount, count as counted, number, price, quantity } from '../../format/numbers';
import { booksWords as words } from '../../i18n/books';
import { decisions } from '../../i18n/decisions';
import { Badge, type Tone } from '../../parts/Badge';
import { Card } from '../../parts/Panel';
import { Table } from '../../parts/Table';
import { onChange } from '../../state/live';
import type { PagedList } from '../history/pagedList';
import { Pending } from '../history/Pending';
import { VirtualGrid } from '../history/VirtualGrid';
import type { Assets } from './BooksPage';
import { EntryKinds, entryMatches, kindOf, lineId, NoJournalFilter, whoOf, worthOf, type JournalFilter } from './entries';

interface JournalProps { journal: PagedList<JournalLine>; assets: Assets }

/** Transfers are few and far between: so many pages are searched for them without being asked. */
const SearchedEntries = 1000;

export function TransfersCard({ journal, assets }: JournalProps): JSX.Element {
    useEffect(() => {
        void journal.until((lines) => lines.length >= SearchedEntries);
        return onChange((what) => { if (what.includes('books') || what.includes('tick') || what.includes('trading')) void journal.refresh(); });
    }, []);
    const lines = journal.items.value;
    const moved = lines.flatMap((line) => (line.movement ? [line.movement] : []));
    const oldest = lines.at(-1);
    const whole = journal.whole.value;
    return (
        <Card title={words('transfers')} busy={!journal.begun.value}>
            {!journal.begun.value ? <Pending list={journal} /> : (
                <>
                    {moved.length > 0 && <Movements moved={moved} assets={assets} />}
                    {moved.length === 0 && whole && <p class="empty">{words('noTransfers')}</p>}
                    {!whole && oldest && (
                        <p class="figure-text">
                            {moved.length === 0 && `${words('noTransfersYet', { time: dateTime(oldest.at) })} `}
                            <button type="button" class="button small" disabled={journal.loading.value}
                                onClick={() => void journal.until((all) => all.length >= lines.length + SearchedEntries)}>{words('searchOlder')}</button>
                        </p>
                    )}
                </>
            )}
        </Card>
    );
}

function Movements({ moved, assets }: { moved: readonly Movement[]; assets: Assets }): JSX.Element {
    return (
        <Table<Movement> caption={words('transfersCaption')} rows={moved} rowKey={(movement) => movement.id} columns={[
            {
                key: 'time', title: words('col:time'), heads: true, cell: ({ time }) => (
                    <time class="nowrap" dateTime={time} title={exactTime(time)}>{dateTime(time)}</time>
                ),
            },
            {
                key: 'kind', title: words('col:kind'), cell: (movement) => (
                    <><MovementBadge movement={movement} />{movement.reason && <span class="figure-note">{movement.reason}</span>}</>
                ),
            },
            { key: 'amount', title: words('col:amount'), numeric: true, cell: (movement) => unitsOf(movement, assets) },
            { key: 'worth', title: words('col:worth'), numeric: true, minor: true, cell: (movement) => worthWords(movement, assets) },
            { key: 'who', title: words('col:who'), minor: true, cell: (movement) => whoWords(movement.by ?? 'exchange') },
        ]} />
    );
}

export function JournalCard({ journal, assets, narrow }: JournalProps & { narrow: boolean }): JSX.Element {
    const filter = useSignal<JournalFilter>(NoJournalFilter);
    const rows = useComputed(() => journal.items.value.filter((line) => entryMatches(line, filter.value, saidOf(line))));
    const lines = journal.items.value, shown = rows.value;
    const filtered = filter.value !== NoJournalFilter;
    return (
        <Card title={words('journal')} class="plans" busy={!journal.begun.value}
            aside={<span class="muted small-text" role="status">{statusOf(journal, shown.length)}</span>}>
            {!journal.begun.value ? <Pending list={journal} /> : (
                <>
                    <JournalFilters filter={filter} lines={lines} />
                    {shown.length === 0 && journal.whole.value ? <p class="empty">{words(filtered && lines.length > 0 ? 'noEntry' : 'noJournal')}</p> : (
                        <VirtualGrid id="journal" label={words('journal')} help={words('gridHelp')} class={`journal-grid${narrow ? ' is-narrow' : ''}`}
                            columns={(['time', 'kind', 'what', 'price', 'worth', 'fee', 'who'] as const).map((key) => ({
                                key, title: words(`col:${key}`), numeric: key === 'price' || key === 'worth' || key === 'fee',
                            }))}
                            count={shown.length} total={journal.whole.value ? shown.length : -1} rowHeight={narrow ? 64 : 40}
                            keyOf={(index) => (shown[index] ? lineId(shown[index]) : String(index))}
                            cell={(index, column) => (shown[index] ? cellOf(shown[index], column, assets) : '')}
                            onNearEnd={() => { if (!journal.problem.value) void journal.more(); }}
                            foot={journal.problem.value ? <Pending list={journal} />
                                : journal.whole.value ? null : <p class="grid-more">{words('loadingMore')}</p>} />
                    )}
                </>
            )}
        </Card>
    );
}

function JournalFilters({ filter, lines }: { filter: Signal<JournalFilter>; lines: readonly JournalLine[] }): JSX.Element {
    const now = filter.value;
    const set = (part: Partial<JournalFilter>): void => { filter.value = { ...filter.peek(), ...part }; };
    const people = [...new Set(lines.map(whoOf))].sort();
    return (
        <form class="filters" role="search" aria-label={words('filterJournal')} onSubmit={(event) => event.preventDefault()}>
            <div class="filter chips" role="group" aria-label={words('filterKind')}>
                <span class="filter-label" aria-hidden="true">{words('filterKind')}</span>
                <div class="chip-row">
                    {EntryKinds.map((kind) => {
                        const on = now.kinds.includes(kind);
                        return (
                            <button key={kind} type="button" class="chip" aria-pressed={on}
                                onClick={() => set({ kinds: on ? now.kinds.filter((other) => other !== kind) : [...now.kinds, kind] })}>
                                {words(`kind:${kind}`)}
                            </button>
                        );
                    })}
                </div>
            </div>
            <label class="filter">
                <span class="filter-label">{words('filterWho')}</span>
                <select class="input" value={now.who} onChange={(event) => set({ who: event.currentTarget.value })}>
                    <option value="">{words('anyone')}</option>
                    {people.map((who) => <option key={who} value={who}>{whoWords(who)}</option>)}
                </select>
            </label>
            <label class="filter filter-text">
                <span class="filter-label">{words('filterText')}</span>
                <input class="input" type="search" value={now.text} onInput={(event) => set({ text: event.currentTarget.value })} />
            </label>
        </form>
    );
}

function cellOf(line: JournalLine, column: string, assets: Assets): ComponentChildren {
    const { trade, movement, change, opening } = line;
    switch (column) {
        case 'time': return <time dateTime={line.at} title={exactTime(line.at)}>{dateTime(line.at)}</time>;
        case 'kind': return <KindBadge line={line} />;
        case 'what': return trade ? quantity(trade.quantity, assets.base)
            : movement ? <>{unitsOf(movement, assets)} <span class="soft">{movement.reason}</span></>
            : change ? <>{change.to} <span class="soft">{change.reason}</span></>
            : opening ? words('openedWith', { coins: quantity(opening.first_base, opening.base), cash: amount(opening.first_quote, opening.quote) }) : '';
        case 'price': return trade ? price(trade.price) : movement?.leg === 'base' ? price(movement.price) : opening ? price(opening.cost) : '';
        case 'worth': return trade ? amount(trade.quote_quantity, assets.quote) : movement ? worthWords(movement, assets) : '';
        case 'fee': return trade ? `${number(trade.fee, 0, 6)}\u00a0${trade.fee_asset}` : '';
        case 'who': return whoWords(whoOf(line));
        default: return '';
    }
}

function KindBadge({ line }: { line: JournalLine }): JSX.Element {
    if (line.trade) return <Badge tone={line.trade.side === 'BUY' ? 'buy' : 'sell'}>{decisions(line.trade.side)}</Badge>;
    if (line.movement) return <MovementBadge movement={line.movement} />;
    if (line.change) return <Badge tone={Changes[line.change.what] ?? 'quiet'}>{words.find(`entry:${line.change.what}`) ?? line.change.what}</Badge>;
    return <Badge tone="info">{words('entry:opening')}</Badge>;
}

const Changes: Readonly<Record<string, Tone>> = { halt: 'bad', resume: 'good', mode: 'info', settings: 'quiet', approval: 'good' };

function MovementBadge({ movement }: { movement: Movement }): JSX.Element {
    const notes = [movement.price_assumed ? words('priceAssumed') : '', movement.in_opening ? words('inOpening') : ''].filter(Boolean).join('; ');
    return <Badge tone={movement.kind === 'correction' ? 'warn' : 'info'} {...(notes === '' ? {} : { title: notes })}>{words(`entry:${movement.kind}`)}</Badge>;
}

function unitsOf(movement: Movement, assets: Assets): string {
    const plus = sign(movement.units) > 0 ? '+' : '';
    return plus + (movement.leg === 'base' ? quantity(movement.units, assets.base) : `${number(movement.units, 2, 8)}\u00a0${assets.quote}`);
}

function worthWords(movement: Movement, assets: Assets): string {
    return `${movement.price_assumed ? '≈ ' : ''}${amount(absolute(worthOf(movement)), assets.quote)}`;
}

function whoWords(who: string): string {
    return words.find(`who:${who}`) ?? who;
}

/** The words that the page shows for a line, to be searched. */
function saidOf(line: JournalLine): string {
    const kind = kindOf(line);
    return [
        words(`kind:${kind}`), line.trade ? decisions(line.trade.side) : '', line.movement ? words(`entry:${line.movement.kind}`) : '',
        line.change ? words.find(`entry:${line.change.what}`) ?? '' : '', whoWords(whoOf(line)), dateTime(line.at),
    ].join(' ');
}

function statusOf(journal: PagedList<JournalLine>, shown: number): string {
    const oldest = journal.items.value.at(-1);
    if (!oldest) return '';
    return journal.whole.value ? words('entries', { shown: counted(shown) })
        : words('entriesSoFar', { shown: counted(shown), loaded: counted(journal.items.value.length), time: dateTime(oldest.at) });
}
