import type { JSX } from 'preact';
import { change } from '../../api/client';
import type { SessionRow } from '../../api/types';
import { dateTime } from '../../format/dates';
import { settingsWords } from '../../i18n/settings';
import { ActButton } from '../../parts/ActButton';
import { Badge } from '../../parts/Badge';
import { confirm } from '../../parts/Confirm';
import { Panel } from '../../parts/Panel';
import { Table } from '../../parts/Table';
import { useResource } from '../../state/resource';

/** Who is signed in, for the operator only. */
export function SessionsCard(): JSX.Element {
    const sessions = useResource<{ items: SessionRow[] }>('/sessions', ['settings']);
    const count = sessions.data.value?.items.length ?? 0;
    return (
        <Panel of={sessions} title={settingsWords('sessions')} empty={(data) => (data.items.length === 0 ? settingsWords('noSessions') : undefined)}
            actions={<ActButton class="small" disabled={count === 0} onClick={() => confirm({
                title: settingsWords('signOutAllTitle'), act: settingsWords('signOutAll'), tone: 'danger',
                consequence: <p><strong>{settingsWords('signOutAllSays', { count })}</strong></p>,
                run: async () => {
                    await change('DELETE', '/sessions');
                    location.reload();
                },
            })}>{settingsWords('signOutAll')}</ActButton>}>
            {(data) => (
                <Table caption={settingsWords('sessions')} rows={data.items} rowKey={(_, index) => String(index)} columns={[
                    { key: 'role', title: settingsWords('role'), heads: true, cell: (row) => <>{row.role === 'operator' ? settingsWords('operator') : settingsWords('reader')} {row.current && <Badge tone="info">{settingsWords('thisOne')}</Badge>}</> },
                    { key: 'since', title: settingsWords('since'), cell: (row) => dateTime(row.since) },
                    { key: 'seen', title: settingsWords('seen'), cell: (row) => (row.last_seen === undefined ? '–' : dateTime(row.last_seen)) },
                    { key: 'address', title: settingsWords('address'), minor: true, cell: (row) => row.address ?? '–' },
                ]} />
            )}
        </Panel>
    );
}
