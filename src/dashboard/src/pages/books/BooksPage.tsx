import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { get, query } from '../../api/client';
import type { Books, JournalLine, Page, Trades } from '../../api/types';
import { booksWords as words } from '../../i18n/books';
import { useNarrow } from '../../charts/useNarrow';
import { Card } from '../../parts/Panel';
import { overview } from '../../state/overview';
import { useResource, type Resource } from '../../state/resource';
import { pagedList } from '../history/pagedList';
import '../history/history.css';
import './books.css';
import { lineId } from './entries';
import { FeesCard, OpeningCard, PositionCard } from './Position';
import { JournalCard, TransfersCard } from './Journal';
import { ResolveCard } from './Resolve';
import { StandingCard } from './Standing';

export default function BooksPage(): JSX.Element {
    // Before the first tick there are no books, and asking for them would be refused.
    const glance = overview.data.value;
    const unopened = glance !== undefined && glance.books === undefined && glance.books_error === undefined;
    const asked = glance === undefined && overview.problem.value === undefined ? undefined : unopened ? undefined : '/books';
    const books = useResource<Books>(asked, ['tick', 'books']);
    const trades = useResource<Trades>('/trades?limit=2000', ['tick', 'books']);
    const journal = useMemo(() => pagedList<JournalLine>(
        (before) => get<Page<JournalLine>>(`/journal${query({ limit: 200, before })}`), lineId), []);
    const narrow = useNarrow();
    return (
        <div class="books">
            <h1>{words('title')}</h1>
            {unopened ? <Card title={words('standing')}><p class="empty">{words('noBooks')}</p></Card> : <Cards books={books} trades={trades} />}
            <TransfersCard journal={journal} assets={assetsOf(books)} />
            <JournalCard journal={journal} assets={assetsOf(books)} narrow={narrow} />
        </div>
    );
}

function Cards({ books, trades }: { books: Resource<Books>; trades: Resource<Trades> }): JSX.Element {
    return (
        <>
            <StandingCard books={books} />
            <div class="books-row">
                <PositionCard books={books} />
                <OpeningCard books={books} />
                <FeesCard books={books} trades={trades} />
            </div>
            <ResolveCard books={books} />
        </>
    );
}

export interface Assets { base: string; quote: string }

function assetsOf(books: Resource<Books>): Assets {
    return { base: books.data.value?.base ?? '', quote: books.data.value?.quote ?? '' };
}
