import type { JSX } from 'preact';
import type { Latency, PartLatency } from '../../api/types';
import { milliseconds } from '../../format/numbers';
import { healthWords } from '../../i18n/health';
import { Badge } from '../../parts/Badge';
import { Panel } from '../../parts/Panel';
import { useResource } from '../../state/resource';

export function LatencyCard(): JSX.Element {
    const latency = useResource<Latency>('/latency', ['tick']);
    return (
        <Panel of={latency} title={healthWords('latency')}>
            {(data) => (
                <dl class="pairs">
                    <Part name={healthWords('store')} part={data.store} />
                    <Part name={healthWords('exchange')} part={data.exchange} />
                    <div class="pair"><dt>{healthWords('lastTick')}</dt><dd>{data.last_tick_ms === undefined ? healthWords('notKnown') : milliseconds(data.last_tick_ms)}</dd></div>
                </dl>
            )}
        </Panel>
    );
}

function Part({ name, part }: { name: string; part: PartLatency }): JSX.Element {
    const well = part.error === undefined;
    return (
        <div class="pair">
            <dt>{name} <span class="muted">{part.name}</span></dt>
            <dd class="latency">
                {milliseconds(part.latency_ms)} <Badge tone={well ? 'good' : 'bad'}>{well ? healthWords('ok') : healthWords('unavailable')}</Badge>
                {part.error !== undefined && <span class="latency-error">{part.error}</span>}
            </dd>
        </div>
    );
}
