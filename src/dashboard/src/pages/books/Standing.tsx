import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { change } from '../../api/client';
import type { Decimal } from '../../api/decimal';
import type { Audit, Books } from '../../api/types';
import { clock, dateTime, duration, exactTime } from '../../format/dates';
import { sign } from '../../format/decimal';
import { amount, count, price, quantity } from '../../format/numbers';
import { booksWords as words } from '../../i18n/books';
import { parts } from '../../i18n/parts';
import { ActButton } from '../../parts/ActButton';
import { Badge } from '../../parts/Badge';
import { confirm } from '../../parts/Confirm';
import { Panel } from '../../parts/Panel';
import { problemText } from '../../parts/problemText';
import { Table } from '../../parts/Table';
import { useAttempt } from '../../parts/useAttempt';
import { serverNow } from '../../state/clock';
import type { Resource } from '../../state/resource';
import { furtherReasons } from './reasons';

/** A number that the books in use and the journal do not have in common. */
interface Discrepancy { name: string; stored?: string | null; journalled?: string | null }

export function StandingCard({ books }: { books: Resource<Books> }): JSX.Element {
    const [audit, setAudit] = useState<{ at: Date; answer: Audit }>();
    const { busy, problem, run } = useAttempt();
    const data = books.data.value;
    const doubt = data?.books === 'unproven';
    const verify = (): Promise<boolean> => run(async () => setAudit({ at: new Date(), answer: await change<Audit>('POST', '/books/verify') }));
    return (
        <Panel of={books} title={words('standing')} class={doubt ? 'is-unproven' : ''} lines={2}
            aside={data && <Badge tone={doubt ? 'warn' : 'good'}>{words(doubt ? 'unproven' : 'balanced')}</Badge>}
            actions={(
                <>
                    <ActButton class="small" disabled={busy} onClick={() => void verify()}>{busy ? parts('working') : words('verify')}</ActButton>
                    <ActButton class="small" disabled={!data} onClick={() => { if (data) askRebuild(data, audit?.answer, books); }}>
                        {words('rebuild')}
                    </ActButton>
                </>
            )}>
            {(found) => (
                <div class="standing">
                    {doubt ? <Doubt books={found} /> : <p>{words('balancedWhy')}</p>}
                    {found.wallet_problem && <p class="note note-warn">{words('walletProblem', { problem: found.wallet_problem })}</p>}
                    <p class="figure-text">{words('verifyWhat')}</p>
                    {problem && <p class="note note-bad" role="alert">{problemText(problem)}</p>}
                    <div aria-live="polite">{audit && <Verdict {...audit} />}</div>
                </div>
            )}
        </Panel>
    );
}

function Doubt({ books }: { books: Books }): JSX.Element {
    const since = books.unproven_since;
    return (
        <div class="doubt">
            <div>
                <div class="differences">
                    {([[books.base, books.unproven_base], [books.quote, books.unproven_quote]] as const).map(([asset, units]) =>
                        units !== undefined && sign(units) !== 0 && <Difference key={asset} asset={asset} units={units} isCoin={asset === books.base} />)}
                </div>
                {since && (
                    <p class="soft" title={exactTime(since)}>
                        {words('unprovenSince', { time: dateTime(since), duration: duration(serverNow() - Date.parse(since)) })}
                    </p>
                )}
                {furtherReasons(books.unproven_reason ?? '').map((reason) => <p key={reason}>{reason}</p>)}
            </div>
            <div>
                <h3 class="part-title">{words('howTo')}</h3>
                <ol class="how-to">
                    {(['howWait', 'howTransfer', 'howCorrection', 'howTrading'] as const).map((step) => <li key={step}>{words(step)}</li>)}
                </ol>
            </div>
        </div>
    );
}

function Difference({ asset, units, isCoin }: { asset: string; units: Decimal; isCoin: boolean }): JSX.Element {
    const more = sign(units) > 0;
    return (
        <p class="difference">
            <span class="difference-name">{words('differenceOf', { asset })}</span>
            <strong class="difference-units">{more ? '+' : ''}{isCoin ? quantity(units, asset) : amount(units, asset)}</strong>
            <span class="soft">{words(more ? 'accountMore' : 'accountLess')}</span>
        </p>
    );
}

function Verdict({ at, answer }: { at: Date; answer: Audit }): JSX.Element {
    const figures = { time: clock(at, true), trades: count(answer.trades), movements: count(answer.movements) };
    if (answer.verified) return <p class="note note-good"><span>✓ {words('verified', figures)}</span></p>;
    return (
        <>
            <p class="note note-bad"><span>{words('notVerified', figures)}</span></p>
            <Table<Discrepancy> caption={words('discrepancy')} rows={answer.discrepancies as unknown as Discrepancy[]} rowKey={(found) => found.name} columns={[
                { key: 'name', title: words('discrepancy'), heads: true, cell: (found) => <code>{found.name}</code> },
                { key: 'stored', title: words('stored'), numeric: true, cell: (found) => found.stored ?? words('nothing') },
                { key: 'journalled', title: words('journalled'), numeric: true, cell: (found) => found.journalled ?? words('nothing') },
            ]} />
        </>
    );
}

function askRebuild(books: Books, audit: Audit | undefined, resource: Resource<Books>): void {
    confirm({
        title: words('rebuildTitle'),
        act: words('rebuildDo'),
        tone: 'danger',
        consequence: (
            <>
                <p>{words('rebuildWhat', {
                    quantity: quantity(books.quantity, books.base), cost: price(books.avg_cost, books.quote), realized: amount(books.realized_pnl, books.quote),
                })}</p>
                {audit && !audit.verified && <p><strong>{words('rebuildKnown', { count: audit.discrepancies.length })}</strong></p>}
            </>
        ),
        run: async () => {
            await change('POST', '/books/rebuild');
            await resource.reload();
        },
    });
}
