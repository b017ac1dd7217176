import type { JSX } from 'preact';
import { change } from '../../api/client';
import type { ActiveFault, Faults } from '../../api/types';
import { duration } from '../../format/dates';
import { count, number } from '../../format/numbers';
import { paperWords } from '../../i18n/paper';
import { ActButton } from '../../parts/ActButton';
import { Badge } from '../../parts/Badge';
import { confirm } from '../../parts/Confirm';
import { Panel } from '../../parts/Panel';
import { Table } from '../../parts/Table';
import { serverNow } from '../../state/clock';
import type { Resource } from '../../state/resource';

export function ActiveFaults({ faults }: { faults: Resource<Faults> }): JSX.Element {
    const active = faults.data.value?.active ?? [];
    return (
        <Panel of={faults} title={paperWords('active')} aside={active.length > 0 ? <Badge tone="warn">{active.length}</Badge> : undefined}
            empty={(data) => (data.active.length === 0 ? paperWords('noneActive') : undefined)}
            actions={active.length === 0 ? undefined : (
                <ActButton class="small" onClick={() => confirm({
                    title: paperWords('clearTitle'), act: paperWords('clear'), consequence: <p><strong>{paperWords('clearSays', { count: active.length })}</strong></p>,
                    run: async () => {
                        await change('DELETE', '/paper/faults');
                        await faults.reload();
                    },
                })}>{paperWords('clear')}</ActButton>
            )}>
            {(data) => (
                <Table caption={paperWords('active')} rows={data.active} rowKey={(fault) => fault.id} columns={[
                    { key: 'kind', title: paperWords('fault'), heads: true, cell: (fault) => <code>{fault.kind}</code> },
                    { key: 'argument', title: paperWords('argument'), numeric: true, cell: (fault) => (fault.argument === undefined ? '–' : number(fault.argument)) },
                    { key: 'calls', title: paperWords('calls'), minor: true, cell: (fault) => fault.calls?.join(', ') || paperWords('all') },
                    { key: 'ends', title: paperWords('ends'), cell: endWords },
                ]} />
            )}
        </Panel>
    );
}

export function endWords({ until, count: left }: ActiveFault): string {
    if (left !== undefined) return paperWords('afterCount', { count: count(left) });
    if (until === undefined) return paperWords('whenCleared');
    const ms = Date.parse(until) - serverNow();
    return ms <= 0 ? paperWords('over') : paperWords('inTime', { time: duration(ms) });
}
