import type { ComponentChildren, JSX } from 'preact';
import { parts } from '../i18n/parts';

/** A number; when the books do not prove it, underlined with waves and followed by the word, never smoothed over. */
export function Unproven({ when, children }: { when: boolean; children: ComponentChildren }): JSX.Element {
    if (!when) return <>{children}</>;
    return (
        <span class="unproven" title={parts('unprovenWhy')}>
            <span class="unproven-number">{children}</span> <span class="unproven-word">{parts('unproven')}</span>
        </span>
    );
}
