import type { ComponentChildren, JSX } from 'preact';
import { change } from '../../api/client';
import type { Overview, Proposal, Settings, TaskAnswer } from '../../api/types';
import { clock, duration, exactTime } from '../../format/dates';
import { multiply } from '../../format/decimal';
import { amount, percent, price, quantity } from '../../format/numbers';
import { sideWord } from '../../i18n/decisions';
import { nowWords } from '../../i18n/now';
import { ActButton } from '../../parts/ActButton';
import { Badge } from '../../parts/Badge';
import { confirm, type Question } from '../../parts/Confirm';
import { Card } from '../../parts/Panel';
import { serverNow } from '../../state/clock';
import { overview } from '../../state/overview';
import { useResource } from '../../state/resource';
import { shareDecimal } from './band';
import { fenceOf, fenceRatio, sharesAround } from './fence';
import { tickResult } from './tickQuestion';

/** Stands only while an order waits. */
export function ProposalCard(): JSX.Element | null {
    const shown = overview.data.value;
    const proposal = shown?.trading.proposal;
    return shown && proposal ? <Waiting shown={shown} proposal={proposal} /> : null;
}

function Waiting({ shown, proposal }: { shown: Overview; proposal: Proposal }): JSX.Element {
    const { base, quote, plan } = shown;
    const leftMs = Date.parse(proposal.expires) - serverNow();
    const over = leftMs <= 0 || proposal.approved_by !== undefined;
    const shares = sharesAround(plan, proposal);
    return (
        <Card title={nowWords('waiting')} class="proposal-card">
            <div id="proposal" class="proposal">
                <div class="proposal-order">
                    <p class="proposal-title">
                        <Badge tone={proposal.side === 'BUY' ? 'buy' : 'sell'}>{sideWord(proposal.side)}</Badge>
                        <strong>{quantity(proposal.quantity, base)}</strong>
                    </p>
                    <p class="soft">{nowWords('about', valueOf(shown, proposal))}</p>
                </div>
                <dl class="pairs proposal-facts">
                    <Fact name={nowWords('expires')}>
                        <time dateTime={proposal.expires} title={exactTime(proposal.expires)}>
                            {leftMs > 0 ? nowWords('expiresIn', { time: duration(leftMs), at: clock(proposal.expires) }) : nowWords('expired', { at: clock(proposal.expires) })}
                        </time>
                    </Fact>
                    <Fact name={nowWords('fence')}><FenceText shown={shown} proposal={proposal} /></Fact>
                    {shares && <Fact name={nowWords('afterwards')}>
                        {nowWords('afterwardsSays', { base, before: percent(shareDecimal(shares.before)), after: percent(shareDecimal(shares.after)) })}
                    </Fact>}
                </dl>
                {proposal.approved_by !== undefined ? <p class="note note-info"><span>{nowWords('approved', { by: proposal.approved_by })}</span></p> : (
                    <div class="proposal-acts">
                        <ActButton disabled={over} onClick={() => confirm(rejectQuestion(shown, proposal))}>{nowWords('reject')}</ActButton>
                        <ActButton disabled={over} class="button-primary" onClick={() => confirm(approveQuestion(shown, proposal, quote))}>{nowWords('approve')}</ActButton>
                    </div>
                )}
            </div>
        </Card>
    );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
    return <div class="pair"><dt>{name}</dt><dd>{children}</dd></div>;
}

function FenceText({ shown, proposal }: { shown: Overview; proposal: Proposal }): JSX.Element {
    const settings = useResource<Settings>('/settings', ['settings']);
    const ratio = fenceRatio(settings.data.value);
    const last = shown.plan?.price;
    if (ratio === undefined || last === undefined) return <>{nowWords('fenceUnknown', { price: price(proposal.price, shown.quote) })}</>;
    const fence = fenceOf(proposal, ratio, last);
    return (
        <>
            {nowWords('fenceSays', { ratio: percent(ratio), low: price(fence.low), high: price(fence.high, shown.quote), price: price(last) })}{' '}
            <Badge tone={fence.inside ? 'good' : 'warn'}>{fence.inside ? nowWords('fenceInside') : nowWords('fenceOutside')}</Badge>
        </>
    );
}

function valueOf(shown: Overview, proposal: Proposal): { value: string; price: string } {
    return { value: amount(multiply(proposal.quantity, proposal.price), shown.quote), price: price(proposal.price, shown.quote) };
}

export function approveQuestion(shown: Overview, proposal: Proposal, quote: string): Question {
    const shares = sharesAround(shown.plan, proposal);
    return {
        title: nowWords('approveTitle'), act: nowWords('approve'), tone: 'primary',
        consequence: (
            <>
                <p><strong>{nowWords('approveSays', {
                    side: sideWord(proposal.side), quantity: quantity(proposal.quantity, shown.base),
                    value: amount(multiply(proposal.quantity, proposal.price), quote), price: price(proposal.price, quote),
                })}</strong></p>
                {shares && <p>{nowWords('afterwardsSays', { base: shown.base, before: percent(shareDecimal(shares.before)), after: percent(shareDecimal(shares.after)) })}</p>}
                <p>{nowWords('approveThen')}</p>
                <p>{shown.exchange === 'paper' ? nowWords('approvePaper') : nowWords('approveReal')}</p>
            </>
        ),
        run: async () => {
            tickResult.value = await change<TaskAnswer>('POST', '/proposal/approve');
            await overview.reload();
        },
    };
}

export function rejectQuestion(shown: Overview, proposal: Proposal): Question {
    return {
        title: nowWords('rejectTitle'), act: nowWords('reject'), tone: 'danger', reason: true, usualReason: nowWords('rejectReason'),
        consequence: <p>{nowWords('rejectSays', {
            side: sideWord(proposal.side), quantity: quantity(proposal.quantity, shown.base), value: valueOf(shown, proposal).value,
            deviation: shown.plan?.deviation === undefined ? '?' : percent(shown.plan.deviation),
        })}</p>,
        run: async (reason) => {
            await change('POST', '/proposal/reject', { reason });
            await overview.reload();
        },
    };
}
