import type { ComponentChildren, JSX } from 'preact';
import type { Decimal } from '../../api/decimal';
import type { Books, Trades } from '../../api/types';
import { multiply, sign, subtract } from '../../format/decimal';
import { amount, count, number, price, quantity, signedAmount } from '../../format/numbers';
import { booksWords as words } from '../../i18n/books';
import { Badge } from '../../parts/Badge';
import { Panel } from '../../parts/Panel';
import { Table } from '../../parts/Table';
import { Unproven } from '../../parts/Unproven';
import { overview } from '../../state/overview';
import type { Resource } from '../../state/resource';
import { feesByAsset, type FeeSum } from './entries';

export function PositionCard({ books }: { books: Resource<Books> }): JSX.Element {
    return (
        <Panel of={books} title={words('position')} class="books-position" lines={5}>
            {(data) => <Position books={data} lastPrice={overview.data.value?.plan?.price} />}
        </Panel>
    );
}

function Position({ books, lastPrice }: { books: Books; lastPrice: Decimal | undefined }): JSX.Element {
    const { base, quote } = books;
    const doubt = books.books === 'unproven';
    const unrealized = lastPrice === undefined ? undefined : multiply(subtract(lastPrice, books.avg_cost), books.quantity);
    return (
        <dl class="book-figures">
            <Figure name={words('holds')}
                note={lastPrice && `${words('worth')} ${amount(multiply(books.quantity, lastPrice), quote)}, ${words('worthAt', { price: price(lastPrice) })}`}>
                <Unproven when={doubt}>{quantity(books.quantity, base)}</Unproven>
            </Figure>
            <Figure name={words('avgCost')} note={`${words('invested')} ${amount(multiply(books.quantity, books.avg_cost), quote)}`}>
                <Unproven when={doubt}>{price(books.avg_cost, quote)}</Unproven>
            </Figure>
            <Figure name={words('realized')}><Unproven when={doubt}>{signedAmount(books.realized_pnl, quote)}</Unproven></Figure>
            {unrealized !== undefined && lastPrice !== undefined && (
                <Figure name={words('unrealized')}
                    note={words('unrealizedSum', { price: price(lastPrice), cost: price(books.avg_cost), quantity: quantity(books.quantity) })}>
                    <Unproven when={doubt}>{signedAmount(unrealized, quote)}</Unproven>
                </Figure>
            )}
            {sign(books.uncovered) !== 0 && <Figure name={words('uncovered')} note={words('uncoveredWhy')}>{quantity(books.uncovered, base)}</Figure>}
        </dl>
    );
}

function Figure({ name, note, children }: { name: string; note?: ComponentChildren; children: ComponentChildren }): JSX.Element {
    return (
        <div class="book-figure">
            <dt>{name}</dt>
            <dd>{children}{note && <span class="figure-note">{note}</span>}</dd>
        </div>
    );
}

export function OpeningCard({ books }: { books: Resource<Books> }): JSX.Element {
    const assumed = books.data.value?.opening_cost_assumed;
    return (
        <Panel of={books} title={words('opening')} lines={3}
            aside={assumed !== undefined && <Badge tone={assumed ? 'warn' : 'good'}>{words(assumed ? 'assumed' : 'stated')}</Badge>}>
            {(data) => (
                <>
                    <dl class="book-figures">
                        <Figure name={words('openingHeld')} note={`+ ${amount(data.opening_quote, data.quote)}`}>
                            {quantity(data.opening_quantity, data.base)}
                        </Figure>
                        <Figure name={words('openingCost')} note={words('perCoin', { base: data.base })}>{price(data.opening_cost, data.quote)}</Figure>
                    </dl>
                    <p class="figure-text">{data.opening_cost_assumed ? words('assumedWhy', { key: 'Ballast:Books:OpeningCost' }) : words('statedWhy')}</p>
                </>
            )}
        </Panel>
    );
}

export function FeesCard({ books, trades }: { books: Resource<Books>; trades: Resource<Trades> }): JSX.Element {
    const data = books.data.value;
    return (
        <Panel of={trades} title={words('fees')} lines={3} empty={(found) => (found.items.length === 0 ? words('noFees') : undefined)}>
            {(found) => {
                const { base, quote } = data ?? { base: '', quote: '' };
                return (
                    <>
                        <Table<FeeSum> caption={words('feesCaption')} rows={feesByAsset(found.items, base, quote)} rowKey={(sum) => sum.asset} columns={[
                            { key: 'asset', title: words('feeAsset'), heads: true, cell: (sum) => sum.asset },
                            { key: 'trades', title: words('feeTrades'), numeric: true, cell: (sum) => count(sum.trades) },
                            { key: 'paid', title: words('feePaid'), numeric: true, cell: (sum) => number(sum.paid, 2, 6) },
                            {
                                key: 'worth', title: words('feeWorth'), numeric: true, cell: (sum) => (
                                    <>
                                        {amount(sum.worth, quote)}
                                        {sum.unvalued > 0 && <span class="figure-note">{words('feeWorthUnknown', { count: sum.unvalued })}</span>}
                                    </>
                                ),
                            },
                        ]} />
                        {data && <p class="figure-text">{words('feesTotal', { quote })}: <strong>{number(data.fees, 2, 8)}</strong></p>}
                        {found.truncated && <p class="figure-text">{words('feesCut', { count: count(found.items.length) })}</p>}
                    </>
                );
            }}
        </Panel>
    );
}
