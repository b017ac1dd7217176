import type { JSX } from 'preact';
import type { Overview } from '../../api/types';
import { dateTime, duration } from '../../format/dates';
import { sign } from '../../format/decimal';
import { amount, count } from '../../format/numbers';
import { healthWords } from '../../i18n/health';
import { shell } from '../../i18n/shell';
import { Badge, type Tone } from '../../parts/Badge';
import { Panel } from '../../parts/Panel';
import { serverNow } from '../../state/clock';
import { overview } from '../../state/overview';
import { nextTick } from '../../state/schedule';

const Tones: Readonly<Record<'success' | 'partial' | 'error', Tone>> = { success: 'good', partial: 'warn', error: 'bad' };

export function TicksCard(): JSX.Element {
    return <Panel of={overview} title={healthWords('ticks')}>{(shown) => <Ticks shown={shown} />}</Panel>;
}

function Ticks({ shown }: { shown: Overview }): JSX.Element {
    const { last_tick: last, trading } = shown;
    const next = nextTick(shown, serverNow());
    return (
        <dl class="pairs">
            <div class="pair">
                <dt>{healthWords('last')}</dt>
                <dd>{last ? <>{shell('ago', { time: duration(serverNow() - Date.parse(last.timestamp)) })} <Badge tone={Tones[last.status]}>{healthWords(last.status)}</Badge></> : shell('noTick')}</dd>
            </div>
            <div class="pair">
                <dt>{healthWords('next')}</dt>
                <dd>{next ? <>{dateTime(new Date(next.at))}{!next.known && ` (${shell('expected')})`}</> : healthWords('notKnown')}</dd>
            </div>
            <div class="pair">
                <dt>{healthWords('failures')}</dt>
                <dd>{sign(trading.failures) > 0 ? <Badge tone="bad">{count(trading.failures)}</Badge> : '0'}</dd>
            </div>
            <div class="pair">
                <dt>{healthWords('today')}</dt>
                <dd>{healthWords('ordersToday', { count: count(trading.day_orders), notional: amount(trading.day_notional, shown.quote) })}</dd>
            </div>
        </dl>
    );
}
