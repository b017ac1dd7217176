import { signal } from '@preact/signals';
import type { Overview, TaskAnswer } from '../../api/types';
import { change } from '../../api/client';
import { amount, percent } from '../../format/numbers';
import { nowWords } from '../../i18n/now';
import type { Question } from '../../parts/Confirm';
import { overview } from '../../state/overview';

/** What the tick that was run from here did; shown until it is closed. */
export const tickResult = signal<TaskAnswer | undefined>(undefined);

export function tickQuestion(shown: Overview): Question {
    return {
        title: nowWords('runTitle'), act: nowWords('run'), tone: 'primary',
        consequence: <><p>{nowWords('runSays')}</p><p><strong>{consequenceOf(shown)}</strong></p></>,
        run: async () => {
            tickResult.value = await change<TaskAnswer>('POST', '/tick');
            await overview.reload();
        },
    };
}

/** What a tick may lead to as things stand, in figures. */
export function consequenceOf({ plan, trading, mode, quote }: Overview): string {
    if (trading.halt) return nowWords('runHalted');
    if (mode === 'observe') return nowWords('runObserve');
    if (plan?.deviation === undefined || plan.threshold === undefined || plan.notional_usdt === undefined) return nowWords('runFirst');
    const figures = { threshold: percent(plan.threshold), deviation: percent(plan.deviation) };
    return mode === 'approve' ? nowWords('runApprove', figures) : nowWords('runAuto', { ...figures, notional: amount(plan.notional_usdt, quote) });
}
