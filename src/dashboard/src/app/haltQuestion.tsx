import type { Overview } from '../api/types';
import { change } from '../api/client';
import { duration } from '../format/dates';
import { amount, count, percent, quantity } from '../format/numbers';
import { shell } from '../i18n/shell';
import { sideWord } from '../i18n/decisions';
import type { Question } from '../parts/Confirm';
import { serverNow } from '../state/clock';
import { overview } from '../state/overview';

const act = (path: string) => async (reason: string): Promise<void> => {
    await change('POST', path, { reason });
    await overview.reload();
};

/** @param shown what the figures are taken from; absent before the first answer, and a halt must be possible all the same. */
export function haltQuestion(shown: Overview | undefined): Question {
    const proposal = shown?.trading.proposal;
    return {
        title: shell('haltTitle'), act: shell('haltNow'), tone: 'danger', reason: true, usualReason: shell('haltReason'), run: act('/halt'),
        consequence: (
            <>
                <p>{shell('haltSays')}</p>
                {shown?.plan?.total_value !== undefined && (
                    <p><strong>{shell('haltFigures', {
                        orders: count(shown.trading.day_orders), notional: amount(shown.trading.day_notional, shown.quote), total: amount(shown.plan.total_value, shown.quote),
                    })}</strong></p>
                )}
                {proposal && <p>{shell('haltProposal', { side: sideWord(proposal.side), quantity: quantity(proposal.quantity, shown?.base) })}</p>}
            </>
        ),
    };
}

export function resumeQuestion(shown: Overview): Question {
    const { halt } = shown.trading;
    const figures = { threshold: percent(shown.plan?.threshold ?? Unknown), deviation: percent(shown.plan?.deviation ?? Unknown) };
    const says = shown.mode === 'auto' ? shell('resumeAuto', figures) : shown.mode === 'approve' ? shell('resumeApprove', figures) : shell('resumeObserve');
    return {
        title: shell('resumeTitle'), act: shell('resumeNow'), tone: 'primary', reason: true, usualReason: shell('resumeReason'), run: act('/resume'),
        consequence: (
            <>
                {halt && <p>{shell('resumeSays', { by: halt.by, reason: halt.reason, time: halt.since === undefined ? '?' : duration(serverNow() - Date.parse(halt.since)) })}</p>}
                <p><strong>{says}</strong></p>
            </>
        ),
    };
}

const Unknown = '0' as Overview['trading']['day_notional'];
