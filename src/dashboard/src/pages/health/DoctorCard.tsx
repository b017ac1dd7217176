import type { JSX } from 'preact';
import type { DoctorLine, DoctorReport } from '../../api/types';
import { clock } from '../../format/dates';
import { sign } from '../../format/decimal';
import { count, milliseconds } from '../../format/numbers';
import { doctorNames, healthWords } from '../../i18n/health';
import { Badge, type Tone } from '../../parts/Badge';
import { Panel } from '../../parts/Panel';
import { useResource } from '../../state/resource';

const Tones: Readonly<Record<DoctorLine['status'], Tone>> = { pass: 'good', warn: 'warn', fail: 'bad', skipped: 'quiet' };
const Order: readonly DoctorLine['status'][] = ['fail', 'warn', 'pass', 'skipped'];

/** What needs doing first, the rest in the doctor's own order. */
export function byGravity(lines: readonly DoctorLine[]): DoctorLine[] {
    return Order.flatMap((status) => lines.filter((line) => line.status === status));
}

export function DoctorCard(): JSX.Element {
    // It asks the exchange many things, a test order among them: when the page is opened and when it is told to, and not on every tick.
    const report = useResource<DoctorReport>('/doctor', []);
    return (
        <Panel of={report} title={healthWords('doctor')} lines={8} aside={report.data.value && <Summary report={report.data.value} />}
            actions={<button type="button" class="button small" disabled={report.loading.value} onClick={() => void report.reload()}>{healthWords('again')}</button>}>
            {(data) => (
                <>
                    <p class="muted small-text">{healthWords('doctorSays', { at: clock(data.ran_at, true) })}</p>
                    <ul class="doctor">{byGravity(data.lines).map((line) => <Line key={line.name} line={line} />)}</ul>
                </>
            )}
        </Panel>
    );
}

function Summary({ report: { summary, lines } }: { report: DoctorReport }): JSX.Element {
    const figures = { fail: count(summary.fail), warn: count(summary.warn) };
    if (sign(summary.fail) > 0) return <Badge tone="bad">{healthWords('summaryBad', figures)}</Badge>;
    if (sign(summary.warn) > 0) return <Badge tone="warn">{healthWords('summaryWarn', figures)}</Badge>;
    return <Badge tone="good">{healthWords('summaryGood', { count: lines.filter((line) => line.status === 'pass').length })}</Badge>;
}

function Line({ line }: { line: DoctorLine }): JSX.Element {
    return (
        <li class="doctor-line">
            <span class="doctor-status"><Badge tone={Tones[line.status]}>{healthWords(line.status)}</Badge></span>
            <strong class="doctor-name">{doctorNames.find(line.name) ?? line.name.replaceAll('_', ' ')}</strong>
            <span class="doctor-says">
                {line.says}
                {line.fix !== undefined && <span class="doctor-fix">{healthWords('fix', { fix: line.fix })}</span>}
            </span>
            <span class="doctor-ms muted">{line.ms === undefined ? '' : milliseconds(line.ms)}</span>
        </li>
    );
}
