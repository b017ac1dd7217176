import type { Decimal } from '../../api/decimal';
import type { Setting } from '../../api/types';
import { multiply } from '../../format/decimal';
import { percent } from '../../format/numbers';
import { language } from '../../i18n/language';
import { settingDescriptions, settingNames, settingsWords, settingUnits } from '../../i18n/settings';

export function settingName(setting: Setting): string {
    return settingNames.find(setting.key) ?? setting.name;
}

export function settingDescription(setting: Setting): string {
    return (language.value === 'zh-TW' ? settingDescriptions[setting.key] : undefined) ?? setting.description;
}

/** A setting's text as a person reads it: a ratio as per cent, an amount with its unit, a choice as it is written. */
export function settingValue(setting: Pick<Setting, 'kind' | 'unit'>, text: string | undefined): string {
    if (text === undefined || text === '') return settingsWords('none');
    if (setting.kind === 'ratio') {
        const [, figure, sign] = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(text.trim()) ?? [];
        return figure === undefined ? text : percent(sign === '%' ? multiply(figure as Decimal, '0.01' as Decimal) : (figure as Decimal));
    }
    if (setting.kind === 'boolean') return text === 'true' ? settingsWords('yes') : settingsWords('no');
    return setting.unit === undefined ? text : `${text}\u00a0${settingUnits.find(setting.unit) ?? setting.unit}`;
}

export function sourceWord(source: Setting['source']): string {
    return source === 'default' ? settingsWords('fromDefault') : source === 'configuration' ? settingsWords('fromConfiguration') : settingsWords('fromRuntime');
}

/** What PUT /settings is sent: the fields that are filled in; an empty one goes back to the configuration. */
export function runtimeOf(draft: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(Object.entries(draft).map(([name, text]) => [name, text.trim()]).filter(([, text]) => text !== ''));
}

export function sameSettings(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
