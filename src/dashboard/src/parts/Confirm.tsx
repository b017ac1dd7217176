import type { ComponentChildren, JSX } from 'preact';
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { parts } from '../i18n/parts';
import { Dialog } from './Dialog';
import { problemText } from './problemText';
import { useAttempt } from './useAttempt';

export interface Question {
    title: string;
    /** What will happen, in figures. */
    consequence: ComponentChildren;
    /** On the button that does it: a verb. */
    act: string;
    tone?: 'primary' | 'danger';
    /** Whether a reason is asked for; it stands in the journal. */
    reason?: boolean;
    /** What stands in the reason's field at first. */
    usualReason?: string;
    /** Does it. A `Problem` is shown and leaves the question open; anything else is a bug and thrown on. */
    run(reason: string): Promise<unknown>;
}

const question = signal<Question | undefined>(undefined);

/** Asks before something is done. One question at a time. */
export function confirm(next: Question): void {
    question.value = next;
}

/** Stands once in the page; shows what {@link confirm} asks. */
export function ConfirmHost(): JSX.Element | null {
    const asked = question.value;
    return asked ? <Confirm key={asked.title} question={asked} onClose={() => { question.value = undefined; }} /> : null;
}

export function Confirm({ question: asked, onClose }: { question: Question; onClose: () => void }): JSX.Element {
    const [reason, setReason] = useState(asked.usualReason ?? '');
    const { busy, problem, run } = useAttempt();
    const missing = asked.reason === true && (reason.trim() === '' || reason.length > 500);
    const act = async (event: Event): Promise<void> => {
        event.preventDefault();
        if (missing || busy) return;
        if (await run(() => asked.run(reason.trim()))) onClose();
    };
    return (
        <Dialog title={asked.title} onClose={onClose}>
            <form onSubmit={(event) => void act(event)}>
                <div class="consequence">{asked.consequence}</div>
                {asked.reason && (
                    <label class="field">
                        <span class="field-label">{parts('reason')}</span>
                        <input class="input" type="text" maxLength={500} required value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
                        {missing && <span class="field-hint">{parts('reasonNeeded')}</span>}
                    </label>
                )}
                {problem && <p class="note note-bad" role="alert">{problemText(problem)}</p>}
                <footer class="dialog-foot">
                    <button type="button" class="button" onClick={onClose}>{parts('cancel')}</button>
                    <button type="submit" class={`button ${asked.tone === 'danger' ? 'button-danger' : 'button-primary'}`} disabled={missing || busy}>
                        {busy ? parts('working') : asked.act}
                    </button>
                </footer>
            </form>
        </Dialog>
    );
}
