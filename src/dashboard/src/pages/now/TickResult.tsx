import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Overview, TaskAnswer } from '../../api/types';
import { headline, orderStateWord } from '../../i18n/decisions';
import { nowWords } from '../../i18n/now';
import { parts } from '../../i18n/parts';
import { overview } from '../../state/overview';
import { tickResult } from './tickQuestion';

/** What the tick run from this page did, until it is closed. */
export function TickResult(): JSX.Element | null {
    // Whoever leaves the page has read it.
    useEffect(() => () => { tickResult.value = undefined; }, []);
    const [answer, shown] = [tickResult.value, overview.data.value];
    if (!answer || !shown) return null;
    return (
        <div class={`note ${answer.status === 'success' ? 'note-good' : 'note-warn'} tick-result`} role="status">
            <span><strong>{nowWords('result')}:</strong> {resultWords(answer, shown)}</span>
            <button type="button" class="button small" onClick={() => { tickResult.value = undefined; }}>{parts('close')}</button>
        </div>
    );
}

export function resultWords({ rebalance, order, alert }: TaskAnswer, shown: Overview): string {
    const decided = headline(rebalance, shown);
    const sentences = [
        decided === undefined ? nowWords('resultFailed', { error: rebalance.error ?? '' }) : parts('sentence', { text: decided }).trim(),
        order ? nowWords('resultOrder', { state: orderStateWord(order.state), reason: order.reason === order.state ? '' : order.reason }).trim() : nowWords('resultNone'),
        alert ?? '',
    ];
    return sentences.filter((sentence) => sentence !== '').join(' ');
}
