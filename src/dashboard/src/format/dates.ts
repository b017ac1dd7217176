import { locale } from '../i18n/language';

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = `${locale.value}/${name}`;
    let made = formatters.get(key);
    if (!made) {
        made = new Intl.DateTimeFormat(locale.value, options);
        formatters.set(key, made);
    }
    return made;
}

/** The browser's zone as people write it, such as "GMT+8". */
export function zoneName(at: Date = new Date()): string {
    return formatter('zone', { timeZoneName: 'short' }).formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'UTC';
}

/** "26 Nov, 18:20", in the browser's zone; with the year when it is another one. */
export function dateTime(at: string | Date, now: Date = new Date()): string {
    const date = new Date(at);
    const other = date.getFullYear() !== now.getFullYear();
    return formatter(other ? 'dateTimeYear' : 'dateTime', {
        month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(other ? { year: 'numeric' } : {}),
    }).format(date);
}

/** Date and time to the second with the zone: for a title, where exactness counts. */
export function exactTime(at: string | Date): string {
    return formatter('exact', {
        year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short',
    }).format(new Date(at));
}

export function day(at: string | Date): string {
    return formatter('day', { year: 'numeric', month: 'short', day: 'numeric' }).format(new Date(at));
}

/** "18:20:05", in the browser's zone. */
export function clock(at: string | Date, seconds = false): string {
    return formatter(seconds ? 'clockSeconds' : 'clock', {
        hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(seconds ? { second: '2-digit' } : {}),
    }).format(new Date(at));
}

/** A length of time in its two largest units, such as "2 min 05 s" or "3 h 12 min"; never negative. */
export function duration(ms: number): string {
    const seconds = Math.max(0, Math.floor(ms / 1000));
    const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 60) % 60];
    if (days > 0) return `${unit(days, 'day')} ${unit(hours, 'hour')}`;
    if (hours > 0) return `${unit(hours, 'hour')} ${unit(minutes, 'minute')}`;
    if (minutes > 0) return `${unit(minutes, 'minute')} ${unit(seconds % 60, 'second')}`;
    return unit(seconds, 'second');
}

function unit(value: number, name: 'day' | 'hour' | 'minute' | 'second'): string {
    const key = `${locale.value}/${name}`;
    let made = units.get(key);
    if (!made) {
        made = new Intl.NumberFormat(locale.value, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 0 });
        units.set(key, made);
    }
    return made.format(value);
}

const units = new Map<string, Intl.NumberFormat>();
