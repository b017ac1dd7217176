import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SettingGroup, Settings } from '../../api/types';
import { settingsWords } from '../../i18n/settings';
import { ActButton } from '../../parts/ActButton';
import { Panel } from '../../parts/Panel';
import { overview } from '../../state/overview';
import { useResource } from '../../state/resource';
import { mayAct } from '../../state/session';
import { EditPolicy } from './EditPolicy';
import { ModeCard } from './ModeCard';
import { SessionsCard } from './SessionsCard';
import { SettingsTable } from './SettingsTable';
import './settings.css';

const Rest: readonly Exclude<SettingGroup, 'policy' | 'safety'>[] = ['mode', 'schedule', 'store', 'paper'];

export default function SettingsPage(): JSX.Element {
    const settings = useResource<Settings>('/settings', ['settings', 'trading']);
    const [editing, setEditing] = useState(false);
    const known = settings.data.value;
    const of = (group: SettingGroup): Settings['items'] => known?.items.filter((item) => item.group === group) ?? [];
    return (
        <>
            <div class="page-title"><h1>{settingsWords('title')}</h1><p>{settingsWords('intro')}</p></div>
            <ModeCard settings={known} />
            <Panel of={settings} title={settingsWords('policy')} class="policy-card" lines={6}
                actions={<ActButton class="small" disabled={!known} onClick={() => setEditing(true)}>{settingsWords('edit')}</ActButton>}>
                {() => <><p class="card-says">{settingsWords('policySays')}</p><SettingsTable caption={settingsWords('policy')} items={of('policy')} /></>}
            </Panel>
            <Panel of={settings} title={settingsWords('safety')} lines={8}>
                {() => <><p class="card-says">{settingsWords('safetySays')}</p><SettingsTable caption={settingsWords('safety')} items={of('safety')} /></>}
            </Panel>
            {Rest.filter((group) => of(group).length > 0).map((group) => (
                <Panel key={group} of={settings} title={settingsWords(group)}>{() => <SettingsTable caption={settingsWords(group)} items={of(group)} />}</Panel>
            ))}
            {mayAct.value && <SessionsCard />}
            {editing && known && (
                <EditPolicy settings={known} quote={overview.data.value?.quote ?? ''} onClose={() => setEditing(false)} onSaved={() => void settings.reload()} />
            )}
        </>
    );
}
