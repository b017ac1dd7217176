import { locale } from '../i18n/language';
import type { Decimal } from '../api/decimal';
import { absolute, multiply, round, sign } from './decimal';

const Minus = '\u2212';
const ThinSpace = '\u202f';

/** Formatters are slow to make and are asked for again and again. */
const formatters = new Map<string, Intl.NumberFormat>();

function formatter(least: number, most: number): Intl.NumberFormat {
    const key = `${locale.value}/${least}/${most}`;
    let made = formatters.get(key);
    if (!made) {
        made = new Intl.NumberFormat(locale.value, { minimumFractionDigits: least, maximumFractionDigits: most });
        formatters.set(key, made);
    }
    return made;
}

/**
 * A decimal with the locale's separators and at least `least`, at most `most` places after the point. Rounded as a decimal, half away from 0,
 * with a true minus sign; what rounds to 0 has no sign.
 */
export function number(value: Decimal, least = 0, most = 8): string {
    const rounded = round(value, most);
    const digits = absolute(rounded);
    // Intl formats text digit by digit, without a detour through binary numbers.
    const text = formatter(least, most).format(digits as `${number}`);
    return sign(rounded) < 0 ? Minus + text : text;
}

/** An amount of money: two places, more only for what would otherwise be shown as 0. */
export function amount(value: Decimal, unit?: string): string {
    return withUnit(number(value, 2, smallPlaces(value, 2)), unit);
}

/** The same with + or −, for changes; no sign for 0. */
export function signedAmount(value: Decimal, unit?: string): string {
    const places = smallPlaces(value, 2);
    return withUnit((sign(round(value, places)) > 0 ? '+' : '') + number(value, 2, places), unit);
}

/** A price: as many places as it takes to see five figures that count. */
export function price(value: Decimal, unit?: string): string {
    const size = Math.abs(Number(value));
    const places = size === 0 ? 2 : Math.min(12, Math.max(2, 4 - Math.floor(Math.log10(size))));
    return withUnit(number(value, Math.min(2, places), places), unit);
}

/** Coins: as given, at most eight places. */
export function quantity(value: Decimal, unit?: string): string {
    return withUnit(number(value, 0, 8), unit);
}

/** A ratio of 1 as per cent: 0.0062 is "0.62 %". */
export function percent(value: Decimal, most = 2): string {
    const places = smallPlaces(multiply(value, '100' as Decimal), most);
    return `${number(multiply(value, '100' as Decimal), 0, places)}${ThinSpace}%`;
}

export function signedPercent(value: Decimal, most = 2): string {
    return (sign(round(multiply(value, '100' as Decimal), most)) > 0 ? '+' : '') + percent(value, most);
}

/** A whole number, such as a count. */
export function count(value: Decimal | number): string {
    return formatter(0, 0).format(Number(value));
}

export function milliseconds(value: Decimal): string {
    return `${count(value)}${ThinSpace}ms`;
}

/** A number and its unit are not torn apart by a line break. */
export function withUnit(text: string, unit?: string): string {
    return unit === undefined || unit === '' ? text : `${text}\u00a0${unit}`;
}

/** `usual` places, or as many as show the first two figures of something smaller; 0 stays with the usual ones. */
function smallPlaces(value: Decimal, usual: number): number {
    const size = Math.abs(Number(value));
    return size === 0 || size >= 10 ** -usual ? usual : Math.min(12, 1 - Math.floor(Math.log10(size)));
}
