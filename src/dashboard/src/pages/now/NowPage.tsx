import type { JSX } from 'preact';
import { nowWords } from '../../i18n/now';

export default function NowPage(): JSX.Element {
    return <h1>{nowWords('title')}</h1>;
}
