import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { parts } from '../i18n/parts';

/** A modal dialog of the browser's own: it keeps the focus inside, closes on Escape, and gives the focus back. */
export function Dialog({ title, onClose, children, wide = false }: {
    title: string; onClose: () => void; children: ComponentChildren; wide?: boolean;
}): JSX.Element {
    const dialog = useRef<HTMLDialogElement>(null);
    const id = useId();
    useEffect(() => {
        const before = document.activeElement;
        dialog.current?.showModal();
        return () => { if (before instanceof HTMLElement && before.isConnected) before.focus(); };
    }, []);
    return (
        <dialog ref={dialog} class={`dialog ${wide ? 'dialog-wide' : ''}`} aria-labelledby={id}
            onCancel={(event) => { event.preventDefault(); onClose(); }}
            onClick={(event) => { if (event.target === dialog.current) onClose(); }}>
            <div class="dialog-body">
                <header class="dialog-head">
                    <h2 id={id} class="dialog-title">{title}</h2>
                    <button type="button" class="button icon-button" aria-label={parts('close')} onClick={onClose}>✕</button>
                </header>
                {children}
            </div>
        </dialog>
    );
}
