import type { JSX } from 'preact';
import type { Setting } from '../../api/types';
import { settingsWords } from '../../i18n/settings';
import { Badge } from '../../parts/Badge';
import { Table } from '../../parts/Table';
import { settingDescription, settingName, settingValue, sourceWord } from './settingText';

/** What counts, with what it does, its default and where it comes from. */
export function SettingsTable({ caption, items }: { caption: string; items: readonly Setting[] }): JSX.Element {
    return (
        <Table caption={caption} rows={items} rowKey={(item) => item.key} columns={[
            {
                key: 'name', title: settingsWords('setting'), heads: true, cell: (item) => (
                    <>
                        {settingName(item)}
                        <span class="setting-says">{settingDescription(item)}</span>
                        <code class="setting-key">{item.key}</code>
                    </>
                ),
            },
            { key: 'value', title: settingsWords('value'), numeric: true, cell: (item) => <strong>{settingValue(item, item.value)}</strong> },
            { key: 'default', title: settingsWords('usual'), numeric: true, minor: true, cell: (item) => <span class="muted">{settingValue(item, item.default)}</span> },
            {
                key: 'source', title: settingsWords('source'), cell: (item) => (
                    <Badge tone={item.source === 'runtime' ? 'info' : 'quiet'} mark={item.source === 'runtime'}>{sourceWord(item.source)}</Badge>
                ),
            },
        ]} />
    );
}
