import type { Decimal } from '../api/decimal';

/** An exact decimal: `units` × 10^−`scale`. */
interface Exact { units: bigint; scale: number }

function read(value: Decimal): Exact {
    const [number = '0', exponent = '0'] = value.toLowerCase().split('e');
    const [whole = '0', part = ''] = number.split('.');
    const scale = part.length - Number(exponent);
    const units = BigInt(whole + part);
    return scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale };
}

function write({ units, scale }: Exact): Decimal {
    const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
    const whole = digits.slice(0, digits.length - scale);
    const part = digits.slice(digits.length - scale).replace(/0+$/, '');
    const sign = units < 0n ? '-' : '';
    return `${sign}${whole}${part === '' ? '' : `.${part}`}` as Decimal;
}

function align(a: Decimal, b: Decimal): [bigint, bigint, number] {
    const [x, y] = [read(a), read(b)];
    const scale = Math.max(x.scale, y.scale);
    return [x.units * 10n ** BigInt(scale - x.scale), y.units * 10n ** BigInt(scale - y.scale), scale];
}

export function add(a: Decimal, b: Decimal): Decimal {
    const [x, y, scale] = align(a, b);
    return write({ units: x + y, scale });
}

export function subtract(a: Decimal, b: Decimal): Decimal {
    const [x, y, scale] = align(a, b);
    return write({ units: x - y, scale });
}

export function multiply(a: Decimal, b: Decimal): Decimal {
    const [x, y] = [read(a), read(b)];
    return write({ units: x.units * y.units, scale: x.scale + y.scale });
}

export function sum(values: readonly Decimal[]): Decimal {
    return values.reduce(add, '0' as Decimal);
}

/** Below, at or above 0 as −1, 0 or 1. */
export function sign(value: Decimal): -1 | 0 | 1 {
    const { units } = read(value);
    return units < 0n ? -1 : units > 0n ? 1 : 0;
}

export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
    return sign(subtract(a, b));
}

export function negate(value: Decimal): Decimal {
    return subtract('0' as Decimal, value);
}

export function absolute(value: Decimal): Decimal {
    return sign(value) < 0 ? negate(value) : write(read(value));
}

/** Rounded to so many places after the point, half away from 0; keeps trailing zeros away. */
export function round(value: Decimal, places: number): Decimal {
    const { units, scale } = read(value);
    if (scale <= places) return write({ units, scale });
    const step = 10n ** BigInt(scale - places);
    const half = step / 2n;
    const rounded = units < 0n ? -((-units + half) / step) : (units + half) / step;
    return write({ units: rounded, scale: places });
}
