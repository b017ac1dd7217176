import type { JSX } from 'preact';
import { historyWords } from '../../i18n/history';

export default function HistoryPage(): JSX.Element {
    return <h1>{historyWords('title')}</h1>;
}
