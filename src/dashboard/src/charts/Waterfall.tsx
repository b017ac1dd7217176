import { Fragment, type JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Decimal } from '../api/decimal';
import type { Profit } from '../api/types';
import { absolute } from '../format/decimal';
import { amount, number, signedAmount } from '../format/numbers';
import { historyWords as words } from '../i18n/history';
import { useNarrow } from './useNarrow';
import { axisOf, waterfall, type Bar, type Waterfall as Steps } from './waterfall';

/** Room of the drawing's own units: 8 bars side by side, whatever the width on the screen. */
const [Width, Height, Step] = [800, 240, 100];

/** Where a change of value came from, bar upon bar, with the sum below in figures that add up to the last digit. */
export function WaterfallChart({ profit, quote }: { profit: Profit; quote: string }): JSX.Element {
    const steps = waterfall(profit);
    const narrow = useNarrow('(max-width: 719px)');
    return (
        <div class="waterfall">
            {!narrow && <Drawing steps={steps} profit={profit} quote={quote} />}
            <SumTable steps={steps} quote={quote} tracks={narrow} />
            <SumNote steps={steps} quote={quote} />
        </div>
    );
}

function Drawing({ steps, profit, quote }: { steps: Steps; profit: Profit; quote: string }): JSX.Element {
    const hatch = useId();
    const axis = axisFor(steps);
    const y = (value: Decimal | number): number => Height - (Number(value) - axis.low) / (axis.high - axis.low) * Height;
    const summary = words('waterfallSummary', {
        start: amount(profit.start_value, quote),
        end: amount(profit.value, quote),
        change: signedAmount(profit.change, quote),
        parts: steps.bars.filter((bar) => bar.kind === 'gain' || bar.kind === 'loss')
            .map((bar) => `${nameOf(bar)} ${signedAmount(bar.amount)}`).join(', ') || '0',
    });
    return (
        <figure class="waterfall-figure">
            <svg class="waterfall-drawing" viewBox={`0 0 ${Width} ${Height}`} preserveAspectRatio="none" role="img" aria-label={summary}>
                <Hatch id={hatch} />
                {!axis.cut && <line class="waterfall-zero" x1="0" x2={Width} y1={y(0)} y2={y(0)} />}
                {steps.bars.map((bar, index) => <Piece key={bar.key} bar={bar} index={index} y={y} floor={axis.cut ? axis.low : 0} hatch={hatch} />)}
            </svg>
            <ol class="waterfall-labels" aria-hidden="true">
                {steps.bars.map((bar) => (
                    <li key={bar.key} class={`waterfall-label waterfall-${bar.kind}`}>
                        <span class="waterfall-name">{nameOf(bar)}</span>
                        <span class="waterfall-amount">{bar.kind === 'total' ? amount(bar.amount) : signedAmount(bar.amount)}</span>
                    </li>
                ))}
            </ol>
            {axis.cut && <figcaption class="waterfall-cut">{words('axisCut')}</figcaption>}
        </figure>
    );
}

function Piece({ bar, index, y, floor, hatch }: {
    bar: Bar; index: number; y: (value: Decimal | number) => number; floor: number; hatch: string;
}): JSX.Element {
    const x = index * Step + 14, width = Step - 28;
    const [from, to] = bar.kind === 'total' ? [y(floor), y(bar.to)] : [y(bar.from), y(bar.to)];
    // Even what is too little for a pixel is seen to be there.
    const height = bar.kind === 'none' ? 0 : Math.max(2, Math.abs(to - from));
    return (
        <g>
            {height > 0 && (
                <rect class={`bar bar-${bar.kind}`} x={x} y={Math.min(from, to)} width={width} height={height}
                    {...(bar.key === 'unproven' ? { style: { fill: `url(#${hatch})` } } : {})} />
            )}
            {bar.unproven && bar.key === 'unproven' && <rect class="bar-unproven-edge" x={x} y={Math.min(from, to)} width={width} height={height} />}
            {bar.key !== 'end' && <line class="waterfall-level" x1={bar.kind === 'none' ? x : x + width} x2={x + Step} y1={to} y2={to} />}
        </g>
    );
}

/** The same as a sum that can be checked with a pencil: every digit is there. On a phone each line has its bar below it. */
function SumTable({ steps, quote, tracks }: { steps: Steps; quote: string; tracks: boolean }): JSX.Element {
    const axis = axisFor(steps);
    return (
        <table class="table waterfall-sum">
            <caption class="unseen">{words('profit')}</caption>
            <tbody>
                {steps.bars.map((bar) => (
                    <Fragment key={bar.key}>
                        <tr class={`sum-${bar.key}`}>
                            <th scope="row">{nameOf(bar)} <span class="waterfall-why">{words(`why:${bar.key}`)}</span></th>
                            <td class={`numeric waterfall-${bar.kind}`}>
                                {bar.kind === 'gain' ? '+' : ''}{number(bar.amount, 2, 28)}{bar.kind === 'total' ? `\u00a0${quote}` : ''}
                            </td>
                        </tr>
                        {tracks && <Track bar={bar} axis={axis} />}
                    </Fragment>
                ))}
            </tbody>
            {tracks && axis.cut && <tfoot><tr><td colSpan={2} class="waterfall-cut">{words('axisCut')}</td></tr></tfoot>}
        </table>
    );
}

function Track({ bar, axis }: { bar: Bar; axis: Axis }): JSX.Element {
    const hatch = useId();
    const x = (value: number): number => (value - axis.low) / (axis.high - axis.low) * 1000;
    const ends = bar.kind === 'total' ? [x(axis.cut ? axis.low : 0), x(Number(bar.to))] : [x(Number(bar.from)), x(Number(bar.to))];
    const [from, to] = [Math.min(...ends), Math.max(...ends)];
    return (
        <tr class="waterfall-track" aria-hidden="true">
            <td colSpan={2}>
                <svg viewBox="0 0 1000 12" preserveAspectRatio="none">
                    <Hatch id={hatch} />
                    <rect class="waterfall-ground" width="1000" height="12" />
                    {bar.kind !== 'none' && (
                        <rect class={`bar bar-${bar.kind}`} x={from} width={Math.max(4, to - from)} height="12"
                            {...(bar.key === 'unproven' ? { style: { fill: `url(#${hatch})` } } : {})} />
                    )}
                </svg>
            </td>
        </tr>
    );
}

function Hatch({ id }: { id: string }): JSX.Element {
    return (
        <defs>
            <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect class="hatch-ground" width="8" height="8" />
                <rect class="hatch-line" width="3" height="8" />
            </pattern>
        </defs>
    );
}

function SumNote({ steps, quote }: { steps: Steps; quote: string }): JSX.Element {
    const unproven = steps.bars.find((bar) => bar.key === 'unproven')!.amount;
    return (
        <>
            {steps.exact
                ? <p class="waterfall-exact"><span aria-hidden="true">✓</span> {words('sumExact')}</p>
                : <p class="note note-bad" role="alert">{words('sumOff', { residue: number(steps.residue, 0, 28), quote })}</p>}
            {!steps.proven && <p class="note note-warn">{words('sumUnproven', { amount: number(absolute(unproven), 0, 28), quote })}</p>}
        </>
    );
}

function nameOf(bar: Bar): string {
    return words(`cause:${bar.key}`);
}

type Axis = ReturnType<typeof axisOf>;

function axisFor(steps: Steps): Axis {
    return axisOf(steps.bars.flatMap((bar) => (bar.kind === 'total' ? [Number(bar.to)] : [Number(bar.from), Number(bar.to)])));
}
