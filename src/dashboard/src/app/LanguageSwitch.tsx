import type { JSX } from 'preact';
import { language, setLanguage } from '../i18n/language';
import { shell } from '../i18n/shell';

/** Says the other language in that language, for whoever cannot read this one. */
export function LanguageSwitch(): JSX.Element {
    const other = language.value === 'en' ? 'zh-TW' : 'en';
    return (
        <button type="button" class="button quiet" lang={other} title={other === 'en' ? 'English' : '繁體中文'} onClick={() => setLanguage(other)}>
            {shell('otherLanguage')}
        </button>
    );
}
