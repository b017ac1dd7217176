import type { ComponentChildren, JSX } from 'preact';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet' | 'buy' | 'sell';

const Marks: Readonly<Record<Tone, string>> = { good: '✓', warn: '!', bad: '✕', info: 'i', quiet: '–', buy: '▲', sell: '▼' };

/** A word with a mark and a colour: never a colour alone. */
export function Badge({ tone, children, mark = true, title }: { tone: Tone; children: ComponentChildren; mark?: boolean; title?: string }): JSX.Element {
    return (
        <span class={`badge badge-${tone}`} {...(title === undefined ? {} : { title })}>
            {mark && <span class="badge-mark" aria-hidden="true">{Marks[tone]}</span>}
            {children}
        </span>
    );
}
