import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { change } from '../../api/client';
import type { Preview, Setting, Settings } from '../../api/types';
import { settingsWords } from '../../i18n/settings';
import { parts } from '../../i18n/parts';
import { confirm } from '../../parts/Confirm';
import { Dialog } from '../../parts/Dialog';
import { problemText } from '../../parts/problemText';
import { useAttempt } from '../../parts/useAttempt';
import { PreviewTables } from './PreviewTables';
import { runtimeOf, sameSettings, settingDescription, settingName, settingValue } from './settingText';
import { saveQuestion } from './saveQuestion';

/** The run-time settings as fields. They can be saved once their effect has been looked at. */
export function EditPolicy({ settings, quote, onClose, onSaved }: { settings: Settings; quote: string; onClose: () => void; onSaved: () => void }): JSX.Element {
    const items = settings.items.filter((item) => item.changeable);
    const [draft, setDraft] = useState<Record<string, string>>({ ...settings.runtime });
    const [looked, setLooked] = useState<{ at: Record<string, string>; preview: Preview }>();
    const { busy, problem, run } = useAttempt();
    const wanted = runtimeOf(draft);
    const unchanged = sameSettings(wanted, settings.runtime);
    const seen = looked !== undefined && sameSettings(looked.at, wanted);
    const preview = async (event: Event): Promise<void> => {
        event.preventDefault();
        await run(async () => setLooked({ at: wanted, preview: await change<Preview>('POST', '/settings/preview', { settings: wanted }) }));
    };
    return (
        <Dialog title={settingsWords('editTitle')} onClose={onClose} wide>
            <p class="soft small-text">{settingsWords('editSays')}</p>
            <form onSubmit={(event) => void preview(event)}>
                <div class="edit-grid">
                    {items.map((item) => (
                        <Field key={item.name} item={item} text={draft[item.name] ?? ''} configured={item.configured ?? item.value}
                            onText={(text) => setDraft({ ...draft, [item.name]: text })} />
                    ))}
                </div>
                {problem && <p class="note note-bad" role="alert"><span>{problemText(problem)}</span></p>}
                {seen && looked.preview.error !== undefined && <p class="note note-bad" role="alert"><span>{settingsWords('refused', { error: looked.preview.error })}</span></p>}
                {seen && looked.preview.valid && <PreviewTables preview={looked.preview} quote={quote} />}
                <footer class="dialog-foot">
                    <p class="muted small-text foot-says" role="status">{unchanged ? settingsWords('unchanged') : seen ? '' : settingsWords('previewFirst')}</p>
                    <button type="button" class="button" onClick={onClose}>{parts('cancel')}</button>
                    <button type="submit" class={`button ${seen ? '' : 'button-primary'}`} disabled={busy || unchanged}>{busy ? parts('working') : settingsWords('preview')}</button>
                    <button type="button" class={`button ${seen ? 'button-primary' : ''}`} disabled={!seen || !looked.preview.valid || unchanged}
                        onClick={() => { if (looked) confirm(saveQuestion(settings, wanted, looked.preview, quote, () => { onSaved(); onClose(); })); }}>
                        {settingsWords('save')}
                    </button>
                </footer>
            </form>
        </Dialog>
    );
}

function Field({ item, text, configured, onText }: { item: Setting; text: string; configured: string | undefined; onText: (text: string) => void }): JSX.Element {
    return (
        <label class="field">
            <span class="field-label">{settingName(item)}</span>
            {item.choices
                ? (
                    <select class="input" value={text} onChange={(event) => onText(event.currentTarget.value)}>
                        <option value="">{settingsWords('configured')}</option>
                        {item.choices.map((choice) => <option key={choice} value={choice}>{choice}</option>)}
                    </select>
                )
                : (
                    <input class="input" type="text" inputMode="decimal" autocomplete="off" value={text} onInput={(event) => onText(event.currentTarget.value)}
                        placeholder={settingsWords('placeholder', { value: settingValue(item, configured) })} />
                )}
            <span class="field-hint">{settingDescription(item)}</span>
        </label>
    );
}
