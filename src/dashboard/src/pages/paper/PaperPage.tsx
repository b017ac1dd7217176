import type { JSX } from 'preact';
import { paperWords } from '../../i18n/paper';

export default function PaperPage(): JSX.Element {
    return <h1>{paperWords('title')}</h1>;
}
