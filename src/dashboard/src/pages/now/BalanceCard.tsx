import type { JSX } from 'preact';
import type { Decimal } from '../../api/decimal';
import { amount, percent, quantity, signedAmount } from '../../format/numbers';
import { nowWords } from '../../i18n/now';
import { Badge } from '../../parts/Badge';
import { Panel } from '../../parts/Panel';
import { Table } from '../../parts/Table';
import { overview } from '../../state/overview';
import { bandOf, edges, isWhole, legsOf, placeOf, shareDecimal, type Band, type WholePlan } from './band';

export function BalanceCard(): JSX.Element {
    const plan = overview.data.value?.plan;
    const inside = isWhole(plan) ? bandOf(plan).inside : undefined;
    return (
        <Panel of={overview} title={nowWords('balance')} class="balance-card" lines={5}
            aside={inside === undefined ? undefined : inside ? <Badge tone="good">{nowWords('inBand')}</Badge> : <Badge tone="warn">{nowWords('outOfBand')}</Badge>}
            empty={(shown) => (isWhole(shown.plan) ? undefined : nowWords('noPlan'))}>
            {(shown) => (isWhole(shown.plan) ? <Balance plan={shown.plan} base={shown.base} quote={shown.quote} /> : null)}
        </Panel>
    );
}

interface Leg { asset: string; class: string; share: number; holds: string; is: Decimal; target: Decimal; off: Decimal }

function Balance({ plan, base, quote }: { plan: WholePlan; base: string; quote: string }): JSX.Element {
    const band = bandOf(plan);
    const off = legsOf(plan);
    const legs: Leg[] = [
        { asset: base, class: 'coin', share: band.share, holds: quantity(plan.base_balance), is: plan.base_value, target: plan.target_value, off: off.baseOff },
        { asset: quote, class: 'quote', share: 1 - band.share, holds: amount(plan.quote_balance), is: plan.quote_value, target: off.quoteTarget, off: off.quoteOff },
    ];
    const { low, high } = edges(plan);
    const says = nowWords('bandSays', {
        base, share: percent(shareDecimal(band.share)), target: percent(plan.target_ratio), low: percent(low), high: percent(high),
    });
    return (
        <>
            <figure class="balance" role="img" aria-label={says}>
                <Legs band={band} base={base} quote={quote} />
                <Gauge band={band} low={low} high={high} target={plan.target_ratio} />
            </figure>
            <p class="soft small-text">{says}</p>
            <Table caption={nowWords('balance')} rows={legs} rowKey={(leg) => leg.asset} columns={[
                { key: 'asset', title: nowWords('asset'), heads: true, cell: (leg) => <><span class={`leg-swatch leg-swatch-${leg.class}`} aria-hidden="true" />{leg.asset}</> },
                { key: 'holds', title: nowWords('holds'), numeric: true, minor: true, cell: (leg) => leg.holds },
                { key: 'is', title: `${nowWords('is')} (${quote})`, numeric: true, cell: (leg) => amount(leg.is) },
                { key: 'target', title: nowWords('target'), numeric: true, cell: (leg) => amount(leg.target) },
                { key: 'off', title: nowWords('off'), numeric: true, cell: (leg) => signedAmount(leg.off) },
            ]} />
        </>
    );
}

/** Both legs to scale, with the target between them. */
function Legs({ band, base, quote }: { band: Band; base: string; quote: string }): JSX.Element {
    const coin = 100 * band.share;
    return (
        <div class="legs" aria-hidden="true">
            <div class="legs-names">
                <span class="coin-text">{base} <strong>{percent(shareDecimal(band.share))}</strong></span>
                <span class="quote-text"><strong>{percent(shareDecimal(1 - band.share))}</strong> {quote}</span>
            </div>
            <svg class="legs-picture" width="100%" height="22">
                <rect class="leg-coin" x="0" y="0" width={`${coin}%`} height="22" />
                <rect class="leg-quote" x={`${coin}%`} y="0" width={`${100 - coin}%`} height="22" />
                <line class="leg-target" x1={`${100 * band.target}%`} x2={`${100 * band.target}%`} y1="0" y2="22" />
            </svg>
        </div>
    );
}

/** A band of less than this share of the width, in per cent, has no room for three labels: the outer two stand outside it. */
const Crowded = 30;

/** The same around the target, enlarged: the band in which nothing is done, its edges, and where the coin's share stands. */
function Gauge({ band, low, high, target }: { band: Band; low: Decimal; high: Decimal; target: Decimal }): JSX.Element {
    const [left, middle, right, here] = [placeOf(band.low, band), placeOf(band.target, band), placeOf(band.high, band), placeOf(band.share, band)];
    return (
        <div class="gauge" aria-hidden="true">
            <svg class="gauge-picture" width="100%" height="44">
                <line class="gauge-axis" x1="0" x2="100%" y1="26" y2="26" />
                <rect class="gauge-band" x={`${left}%`} width={`${right - left}%`} y="12" height="28" rx="3" />
                <line class="gauge-edge" x1={`${left}%`} x2={`${left}%`} y1="12" y2="40" />
                <line class="gauge-edge" x1={`${right}%`} x2={`${right}%`} y1="12" y2="40" />
                <line class="gauge-target" x1={`${middle}%`} x2={`${middle}%`} y1="8" y2="44" />
                <circle class={band.inside ? 'gauge-here' : 'gauge-here gauge-outside'} cx={`${here}%`} cy="26" r="8" />
            </svg>
            <div class={right - left < Crowded ? 'gauge-labels gauge-labels-apart' : 'gauge-labels'}>
                <span class="gauge-label-low" style={{ left: `${left}%` }}>{percent(low)}</span>
                {right - left >= Crowded / 2 && <span class="gauge-label-target" style={{ left: `${middle}%` }}>{percent(target)}</span>}
                <span class="gauge-label-high" style={{ left: `${right}%` }}>{percent(high)}</span>
            </div>
        </div>
    );
}
