import type { JSX } from 'preact';
import type { Decimal } from '../../api/decimal';
import type { Overview } from '../../api/types';
import { day as dayOf } from '../../format/dates';
import { sign, subtract } from '../../format/decimal';
import { amount, signedAmount, signedPercent } from '../../format/numbers';
import { nowWords } from '../../i18n/now';
import { Change } from '../../parts/Change';
import { Panel } from '../../parts/Panel';
import { Unproven } from '../../parts/Unproven';
import { overview } from '../../state/overview';
import { hrefOf } from '../../app/router';
import { Sparkline } from './Sparkline';

export function ValueCard(): JSX.Element {
    return (
        <Panel of={overview} title={nowWords('value')} class="value-card" lines={5}
            actions={<a class="link" href={hrefOf('history')}>{nowWords('more')}</a>}
            empty={(shown) => (shown.plan ? undefined : nowWords('noValue'))}>
            {(shown) => <Value shown={shown} />}
        </Panel>
    );
}

function Value({ shown }: { shown: Overview }): JSX.Element {
    const { plan, day, profit, quote, books } = shown;
    const doubtful = books?.books === 'unproven' || profit !== undefined && sign(profit.unproven) !== 0;
    return (
        <>
            <p class="figure-large">
                {amount(day?.value ?? plan?.total_value ?? profit?.value ?? Zero)} <span class="figure-unit">{quote}</span>
            </p>
            {day && (
                <p class="change-line">
                    <Unproven when={!day.proven}>
                        <Change value={day.change} text={`${signedAmount(day.change, quote)}${day.change_ratio === undefined ? '' : ` (${signedPercent(day.change_ratio)})`}`} />
                    </Unproven>{' '}
                    <span class="muted">{nowWords('dayChange')}</span>
                </p>
            )}
            <Sparkline points={shown.sparkline} unit={quote} rising={day === undefined || sign(day.change) >= 0} />
            {profit && (
                <dl class="pairs">
                    <Pair name={nowWords('sinceStart', { day: dayOf(profit.since) })} value={profit.change} unit={quote} doubtful={doubtful} />
                    <Pair name={nowWords('thanHolding')} value={subtract(profit.value, profit.buy_and_hold)} unit={quote} doubtful={doubtful} />
                    <Pair name={nowWords('thanCash', { quote })} value={subtract(profit.value, profit.all_quote)} unit={quote} doubtful={doubtful} />
                </dl>
            )}
        </>
    );
}

const Zero = '0' as Decimal;

function Pair({ name, value, unit, doubtful }: { name: string; value: Decimal; unit: string; doubtful: boolean }): JSX.Element {
    return (
        <div class="pair">
            <dt>{name}</dt>
            <dd><Unproven when={doubtful}><Change value={value} text={signedAmount(value, unit)} /></Unproven></dd>
        </div>
    );
}
