import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { clock } from '../format/dates';
import { parts } from '../i18n/parts';
import type { Resource } from '../state/resource';
import { problemText } from './problemText';

interface Frame {
    title: string;
    /** Beside the title: a badge, a figure. */
    aside?: ComponentChildren;
    /** Buttons at the right of the title. */
    actions?: ComponentChildren;
    class?: string;
    /** 2 below the page's own heading, 3 for a panel inside a section. */
    level?: 2 | 3;
}

/** A titled part of a page: a region for screen readers, a card for the eye. */
export function Card({ title, aside, actions, class: name = '', level = 2, children, busy = false }: Frame & { children: ComponentChildren; busy?: boolean }): JSX.Element {
    const id = useId();
    const Heading = `h${level}` as 'h2';
    return (
        <section class={`card ${name}`} aria-labelledby={id} aria-busy={busy}>
            <header class="card-head">
                <Heading id={id} class="card-title">{title}</Heading>
                {aside}
                {actions && <div class="card-actions">{actions}</div>}
            </header>
            {children}
        </section>
    );
}

export interface PanelProps<T> extends Frame {
    of: Resource<T>;
    /** Says in a sentence that there is nothing yet, and what brings something; undefined shows the children. */
    empty?: (data: T) => ComponentChildren | undefined;
    children: (data: T) => ComponentChildren;
    /** Lines of the skeleton while the first answer is awaited. */
    lines?: number;
}

/** A card over a resource, with its loading, empty, stale and error states. */
export function Panel<T>({ of, empty, children, lines = 3, ...frame }: PanelProps<T>): JSX.Element {
    const [data, problem] = [of.data.value, of.problem.value];
    const nothing = data === undefined ? undefined : empty?.(data);
    return (
        <Card {...frame} busy={of.loading.value && data === undefined}>
            {data !== undefined && problem && <StaleNote of={of} />}
            {data !== undefined ? (nothing !== undefined ? <div class="empty">{nothing}</div> : children(data))
                : problem ? <ErrorNote of={of} />
                : <Skeleton lines={lines} />}
        </Card>
    );
}

export function StaleNote({ of }: { of: Resource<unknown> }): JSX.Element {
    return (
        <p class="note note-warn" role="status">
            <span>{parts('stale', { time: clock(new Date(of.at.value ?? 0), true), why: of.problem.value ? problemText(of.problem.value) : '' })}</span>
            <button type="button" class="button small" onClick={() => void of.reload()}>{parts('retry')}</button>
        </p>
    );
}

export function ErrorNote({ of }: { of: Resource<unknown> }): JSX.Element {
    return (
        <div class="note note-bad" role="alert">
            <span><strong>{parts('noAnswer')}.</strong> {of.problem.value && problemText(of.problem.value)}</span>
            <button type="button" class="button small" disabled={of.loading.value} onClick={() => void of.reload()}>{parts('retry')}</button>
        </div>
    );
}

export function Skeleton({ lines }: { lines: number }): JSX.Element {
    return (
        <div class="skeleton">
            <span class="unseen">{parts('loading')}</span>
            {Array.from({ length: lines }, (_, line) => <span key={line} class="skeleton-line" aria-hidden="true" />)}
        </div>
    );
}
