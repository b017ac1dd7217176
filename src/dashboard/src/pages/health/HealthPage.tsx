import type { JSX } from 'preact';
import { healthWords } from '../../i18n/health';

export default function HealthPage(): JSX.Element {
    return <h1>{healthWords('title')}</h1>;
}
