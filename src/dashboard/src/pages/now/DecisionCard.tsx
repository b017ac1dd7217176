import type { JSX } from 'preact';
import type { Check, Overview, Plan } from '../../api/types';
import { dateTime, exactTime } from '../../format/dates';
import { price } from '../../format/numbers';
import { actionWord, checkWords, decisions, headline, reasonWords } from '../../i18n/decisions';
import { nowWords } from '../../i18n/now';
import { hrefOf } from '../../app/router';
import { ActButton } from '../../parts/ActButton';
import { Badge, type Tone } from '../../parts/Badge';
import { confirm } from '../../parts/Confirm';
import { Panel } from '../../parts/Panel';
import { Table } from '../../parts/Table';
import { overview } from '../../state/overview';
import { tickQuestion } from './tickQuestion';

const Tones: Readonly<Record<string, Tone>> = { BUY: 'buy', SELL: 'sell', HOLD: 'quiet' };

export function DecisionCard(): JSX.Element {
    const shown = overview.data.value;
    return (
        <Panel of={overview} title={nowWords('decision')} class="decision-card" lines={6}
            actions={<ActButton class="small" disabled={!shown} onClick={() => { if (shown) confirm(tickQuestion(shown)); }}>{nowWords('runTick')}</ActButton>}
            empty={(data) => (data.plan?.action === undefined ? nowWords('noDecision') : undefined)}>
            {(data) => (data.plan ? <Decision plan={data.plan} shown={data} /> : null)}
        </Panel>
    );
}

function Decision({ plan, shown }: { plan: Plan; shown: Overview }): JSX.Element {
    return (
        <>
            {shown.last_failure && <p class="note note-warn"><span>{nowWords('oldPlan', { error: shown.last_failure.error })}</span></p>}
            <p class="headline">
                {plan.action && <Badge tone={Tones[plan.action] ?? 'quiet'}>{actionWord(plan.action)}</Badge>}
                <span>{headline(plan, shown)?.replace(/^[^:：]*[:：]\s*/, '') ?? shown.plan?.explanation?.headline}</span>
            </p>
            <p class="soft small-text">
                {plan.reason !== undefined && <>{reasonWords(plan.reason)} </>}
                <span class="muted"><time dateTime={plan.timestamp} title={exactTime(plan.timestamp)}>
                    {nowWords('decidedAt', { at: dateTime(plan.timestamp), price: plan.price === undefined ? '–' : price(plan.price, shown.quote) })}
                </time></span>
            </p>
            <Checks checks={plan.checks ?? []} shown={shown} />
            <p><a class="link" href={hrefOf('history', { tick: plan.tick })}>{nowWords('explain')}</a></p>
        </>
    );
}

function Checks({ checks, shown }: { checks: readonly Check[]; shown: Overview }): JSX.Element {
    const rows = checks.map((check) => ({ key: check.name, passed: check.passed, ...checkWords(check, shown) }));
    return (
        <Table caption={nowWords('checks')} rows={rows} rowKey={(row) => row.key} columns={[
            {
                key: 'name', title: decisions('check'), heads: true, cell: (row) => (
                    <>
                        {row.name}
                        <span class={row.passed ? 'outcome outcome-yes' : 'outcome outcome-no'}><span class="outcome-mark" aria-hidden="true">{row.passed ? '✓' : '○'}</span>{row.meaning}</span>
                    </>
                ),
            },
            { key: 'value', title: decisions('value'), numeric: true, cell: (row) => row.value },
            { key: 'limit', title: decisions('limit'), numeric: true, cell: (row) => row.limit },
        ]} />
    );
}
