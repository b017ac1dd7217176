import type { JSX } from 'preact';
import { settingsWords } from '../../i18n/settings';

export default function SettingsPage(): JSX.Element {
    return <h1>{settingsWords('title')}</h1>;
}
