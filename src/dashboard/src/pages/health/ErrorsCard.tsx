import type { JSX } from 'preact';
import type { FailedTicks } from '../../api/types';
import { dateTime, exactTime } from '../../format/dates';
import { healthWords } from '../../i18n/health';
import { hrefOf } from '../../app/router';
import { Panel } from '../../parts/Panel';
import { Table } from '../../parts/Table';
import { useResource } from '../../state/resource';

export function ErrorsCard(): JSX.Element {
    const errors = useResource<FailedTicks>('/errors?limit=50', ['tick']);
    return (
        <Panel of={errors} title={healthWords('errors')} empty={(data) => (data.items.length === 0 ? healthWords('noErrors') : undefined)}>
            {(data) => (
                <Table caption={healthWords('errors')} rows={data.items} rowKey={(item) => item.tick} columns={[
                    {
                        key: 'at', title: healthWords('at'), heads: true, cell: (item) => (
                            <a class="nowrap" href={hrefOf('history', { tick: item.tick })}><time dateTime={item.timestamp} title={exactTime(item.timestamp)}>{dateTime(item.timestamp)}</time></a>
                        ),
                    },
                    { key: 'what', title: healthWords('what'), cell: (item) => item.error },
                    { key: 'tick', title: healthWords('tick'), minor: true, cell: (item) => <code class="muted">{item.tick}</code> },
                ]} />
            )}
        </Panel>
    );
}
