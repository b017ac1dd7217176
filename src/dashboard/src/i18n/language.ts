import { computed, signal } from '@preact/signals';

export type Language = 'en' | 'zh-TW';
export const Languages: readonly Language[] = ['en', 'zh-TW'];

const Kept = 'ballast.language';

/** The language chosen here before, else the first of the browser's that we speak, else English. Any Chinese is answered in Traditional Chinese. */
export function chooseLanguage(kept: string | null, wanted: readonly string[]): Language {
    if (kept === 'en' || kept === 'zh-TW') return kept;
    for (const tag of wanted) {
        const primary = tag.toLowerCase().split('-')[0];
        if (primary === 'zh') return 'zh-TW';
        if (primary === 'en') return 'en';
    }
    return 'en';
}

export const language = signal<Language>(chooseLanguage(localStorage.getItem(Kept), navigator.languages));

/** For numbers and dates: the browser's own variant of the language when it has one, such as en-GB; otherwise the language. */
export const locale = computed(() =>
    navigator.languages.find((tag) => tag.toLowerCase().split('-')[0] === language.value.split('-')[0] && language.value === 'en') ?? language.value);

export function setLanguage(next: Language): void {
    localStorage.setItem(Kept, next);
    language.value = next;
}
