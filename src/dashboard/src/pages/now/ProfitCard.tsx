import type { ComponentChildren, JSX } from 'preact';
import type { Books, Overview } from '../../api/types';
import { amount, price, quantity, signedAmount } from '../../format/numbers';
import { nowWords } from '../../i18n/now';
import { hrefOf } from '../../app/router';
import { Badge } from '../../parts/Badge';
import { Change } from '../../parts/Change';
import { Panel } from '../../parts/Panel';
import { Unproven } from '../../parts/Unproven';
import { overview } from '../../state/overview';

export function ProfitCard(): JSX.Element {
    return (
        <Panel of={overview} title={nowWords('profit')} class="profit-card" lines={4} actions={<a class="link" href={hrefOf('books')}>{nowWords('toBooks')}</a>}
            empty={(shown) => (shown.books ? undefined : shown.books_error ?? nowWords('noBooks'))}>
            {(shown) => (shown.books ? <Profit shown={shown} books={shown.books} /> : null)}
        </Panel>
    );
}

function Profit({ shown, books }: { shown: Overview; books: Books }): JSX.Element {
    const { quote, base, plan } = shown;
    const doubtful = books.books === 'unproven';
    const unrealized = shown.unrealized_pnl;
    return (
        <>
            <dl class="gains">
                <Figure name={nowWords('realized')}><Unproven when={doubtful}><Change value={books.realized_pnl} text={signedAmount(books.realized_pnl, quote)} /></Unproven></Figure>
                <Figure name={nowWords('unrealized')}>
                    {unrealized === undefined ? '–' : <Unproven when={doubtful}><Change value={unrealized} text={signedAmount(unrealized, quote)} /></Unproven>}
                </Figure>
            </dl>
            <dl class="pairs">
                <Pair name={nowWords('averageCost')}>
                    <Unproven when={doubtful}>{price(books.avg_cost, quote)}</Unproven>{' '}
                    {books.opening_cost_assumed && <Badge tone="quiet" mark={false} title={nowWords('assumed')}>{nowWords('assumedShort')}</Badge>}
                </Pair>
                <Pair name={nowWords('priceNow')}>{plan?.price === undefined ? '–' : price(plan.price, quote)}</Pair>
                <Pair name={nowWords('position')}><Unproven when={doubtful}>{quantity(books.quantity, base)}</Unproven></Pair>
                <Pair name={nowWords('fees')}>{amount(books.fees, quote)}</Pair>
            </dl>
        </>
    );
}

function Figure({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
    return <div class="gain-figure"><dt>{name}</dt><dd>{children}</dd></div>;
}

function Pair({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
    return <div class="pair"><dt>{name}</dt><dd>{children}</dd></div>;
}
