import { decimal, type Decimal } from '../api/decimal';
import { exactTime } from '../format/dates';
import { number, price, signedPercent } from '../format/numbers';
import { locale } from '../i18n/language';
import type { AxisWords } from './board';

/** A number that was calculated for pixels, as a decimal that can be written. */
export function written(value: number, places = 8): Decimal {
    return decimal(value.toFixed(places));
}

const Details: readonly Intl.DateTimeFormatOptions[] = [
    { year: 'numeric' }, { month: 'short' }, { month: 'short', day: 'numeric' },
    { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
];

/** How the charts write figures and times in the language that the page has now. */
export function axisWords(): AxisWords {
    const details = Details.map((options) => new Intl.DateTimeFormat(locale.value, options));
    return {
        locale: locale.value,
        number: (chart, value) => {
            const exact = written(value);
            if (chart === 'deviation') return signedPercent(exact);
            if (chart === 'drawdown') return signedPercent(exact, 1);
            return chart === 'price' ? price(exact) : number(exact, 0, Math.abs(value) < 100 ? 2 : 0);
        },
        tick: (time, detail) => details[Math.min(detail, details.length - 1)]!.format(time),
        moment: exactTime,
    };
}
