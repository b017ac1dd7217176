import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { parts } from '../i18n/parts';
import { mayAct } from '../state/session';

/** A button that changes something: a reader sees it, cannot press it, and is told why. */
export function ActButton({ onClick, children, class: name = '', disabled = false, why }: {
    onClick: () => void; children: ComponentChildren; class?: string; disabled?: boolean;
    /** Why it is disabled, when it is for another cause than the role. */
    why?: string | undefined;
}): JSX.Element {
    const id = useId();
    const reason = mayAct.value ? (disabled ? why : undefined) : parts('readerMayNot');
    const off = disabled || !mayAct.value;
    // aria-disabled and not disabled: it can be reached by keyboard, and then says why it does nothing.
    return (
        <>
            <button type="button" class={`button ${name}`} aria-disabled={off} {...(reason === undefined ? {} : { 'aria-describedby': id, title: reason })}
                onClick={() => { if (!off) onClick(); }}>{children}</button>
            {reason !== undefined && <span id={id} class="unseen">{reason}</span>}
        </>
    );
}
