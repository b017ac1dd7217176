import type { ComponentChildren, JSX } from 'preact';
import type { Overview } from '../../api/types';
import { clock, dateTime, duration } from '../../format/dates';
import { absolute, multiply, sign } from '../../format/decimal';
import { amount, count, quantity } from '../../format/numbers';
import { sideWord } from '../../i18n/decisions';
import { nowWords } from '../../i18n/now';
import { hrefOf } from '../../app/router';
import { serverNow, now } from '../../state/clock';
import { concerns } from '../../state/concerns';
import { lostSince } from '../../state/live';
import { overview } from '../../state/overview';
import { nextTick } from '../../state/schedule';
import { gravityOf, verdictOf, type Concern, type Gravity } from '../../state/verdict';

const Marks: Readonly<Record<Gravity | 'good', string>> = { good: 'M6 12.5l4 4 8-9', info: 'M12 11v6M12 7v.5', warn: 'M12 6v7M12 17v.5', bad: 'M7 7l10 10M17 7L7 17' };

/** Is all well? The answer in one word, and below it each thing that is not, with what to do. */
export function Verdict(): JSX.Element | null {
    const shown = overview.data.value;
    if (!shown) return null;
    const all = concerns.value;
    const verdict = verdictOf(all);
    return (
        <section class={`verdict verdict-${verdict}`} aria-label={titleOf(verdict, all)}>
            <div class="verdict-head">
                <svg class="verdict-mark" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="12" /><path d={Marks[verdict]} /></svg>
                <div>
                    <h2 class="verdict-title">{titleOf(verdict, all)}</h2>
                    {verdict === 'good' && <p class="soft">{nowWords('goodSays')}</p>}
                </div>
            </div>
            {all.length > 0 && (
                <ul class="concerns">{all.map((concern) => <li key={concern} class={`concern concern-${gravityOf(concern)}`}><One concern={concern} shown={shown} /></li>)}</ul>
            )}
        </section>
    );
}

function titleOf(verdict: Gravity | 'good', all: readonly Concern[]): string {
    switch (verdict) {
        case 'good': return nowWords('verdictGood');
        case 'warn': return nowWords('verdictWarn');
        case 'bad': return nowWords('verdictBad');
        default: return all.includes('proposal') ? nowWords('verdictInfo') : nowWords('verdictFirst');
    }
}

function One({ concern, shown }: { concern: Concern; shown: Overview }): JSX.Element {
    const { trading, books } = shown;
    const since = (at: string): string => duration(serverNow() - Date.parse(at));
    switch (concern) {
        case 'unknown-order': {
            const open = trading.open_order;
            return <Words title={nowWords('unknownOrder')} link={[hrefOf('history'), nowWords('more')]}>{open && nowWords('unknownOrderSays', {
                side: sideWord(open.side), quantity: quantity(open.quantity, shown.base), id: open.client_order_id, time: since(open.at), count: count(open.not_found),
            })}</Words>;
        }
        case 'unproven':
            return <Words title={nowWords('unproven')} link={[hrefOf('books'), nowWords('toBooks')]}>{nowWords('unprovenSays', {
                why: unprovenWords(shown), time: books?.unproven_since === undefined ? '?' : dateTime(books.unproven_since),
            })}</Words>;
        case 'trading-error': return <Words title={nowWords('tradingError')} link={[hrefOf('health'), nowWords('toHealth')]}>{shown.trading_error ?? shown.plan_error}</Words>;
        case 'books-error': return <Words title={nowWords('booksError')} link={[hrefOf('health'), nowWords('toHealth')]}>{shown.books_error}</Words>;
        case 'stale':
            return (
                <Words title={nowWords('stale', { time: shown.last_tick ? since(shown.last_tick.timestamp) : '?' })} link={[hrefOf('health'), nowWords('toHealth')]}>
                    {shown.schedule.every_minutes === undefined ? nowWords('staleOutside') : nowWords('staleSays', { minutes: shown.schedule.every_minutes })}
                </Words>
            );
        case 'failed':
            return <Words title={nowWords('failed')} link={[hrefOf('health'), nowWords('toHealth')]}>
                {nowWords('failedSays', { error: shown.last_failure?.error ?? '', count: count(trading.failures) })}
            </Words>;
        case 'lost': return <Words title={nowWords('lost')}>{nowWords('lostSays', { time: duration(now.value - (lostSince.value ?? now.value)) })}</Words>;
        case 'halted': {
            const { by, reason, since: at } = trading.halt ?? { by: '?', reason: '' };
            return <Words title={nowWords('halted')}>{at === undefined ? nowWords('haltedSaysSince', { by, reason }) : nowWords('haltedSays', { by, reason, time: since(at) })}</Words>;
        }
        case 'overdue': {
            const next = nextTick(shown, serverNow());
            return <Words title={nowWords('overdue', { time: duration(next?.lateMs ?? 0) })} link={[hrefOf('health'), nowWords('toHealth')]}>
                {next && nowWords('overdueSays', { at: clock(new Date(next.at)) })}
            </Words>;
        }
        case 'wallet': return <Words title={nowWords('wallet')} link={[hrefOf('books'), nowWords('toBooks')]}>{books?.wallet_problem}</Words>;
        case 'proposal': {
            const waiting = trading.proposal;
            return <Words title={nowWords('proposal')}>{waiting && nowWords('proposalSays', {
                side: sideWord(waiting.side), quantity: quantity(waiting.quantity, shown.base), value: amount(multiply(waiting.quantity, waiting.price), shown.quote),
                time: duration(Date.parse(waiting.expires) - serverNow()),
            })}</Words>;
        }
        case 'first': return <Words title={nowWords('first')}>{nowWords('firstSays')}</Words>;
    }
}

function Words({ title, link, children }: { title: string; link?: readonly [href: string, text: string]; children?: ComponentChildren }): JSX.Element {
    return (
        <>
            <p class="concern-words"><strong>{title}.</strong> {children}</p>
            {link && <a class="button small" href={link[0]}>{link[1]}</a>}
        </>
    );
}

/** What does not add up, from the figures; the server's sentence where it is about something else, such as a gap. */
export function unprovenWords({ books, base, quote }: Pick<Overview, 'books' | 'base' | 'quote'>): string {
    const parts = ([[books?.unproven_base, base, quantity], [books?.unproven_quote, quote, amount]] as const)
        .filter(([value]) => value !== undefined && sign(value) !== 0)
        .map(([value, asset, show]) => {
            const text = { amount: show(absolute(value!), asset) };
            return sign(value!) > 0 ? nowWords('partMore', text) : nowWords('partLess', text);
        });
    return parts.length > 0 ? nowWords('unprovenMore', { parts: parts.join(nowWords('and')) }) : books?.unproven_reason ?? '';
}
