import type { JSX } from 'preact';
import { booksWords } from '../../i18n/books';

export default function BooksPage(): JSX.Element {
    return <h1>{booksWords('title')}</h1>;
}
