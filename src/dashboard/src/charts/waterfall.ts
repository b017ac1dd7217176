import type { Decimal } from '../api/decimal';
import type { Profit } from '../api/types';
import { add, compare, sign, subtract, sum } from '../format/decimal';

/** The causes in the order in which they are drawn; `unproven` last, because it is what the others leave over. */
export const Causes = ['market', 'rebalancing', 'fees', 'transfers', 'corrections', 'unproven'] as const;
export type Cause = (typeof Causes)[number];

export type ProfitParts = Pick<Profit, Cause | 'start_value' | 'value' | 'change'>;

/** One bar: a total stands on zero, a cause hangs between the levels before and after it. */
export interface Bar {
    readonly key: Cause | 'start' | 'end';
    readonly kind: 'total' | 'gain' | 'loss' | 'none';
    readonly amount: Decimal;
    readonly from: Decimal;
    readonly to: Decimal;
    /** This is what is not proven, or a total that has some of it in it. */
    readonly unproven: boolean;
}

export interface Waterfall {
    readonly bars: readonly Bar[];
    /** Start and causes together, less the value that was stated: 0 when the sum is exact. */
    readonly residue: Decimal;
    readonly exact: boolean;
    readonly proven: boolean;
}

const Zero = '0' as Decimal;

/** Lays the parts end to end, without rounding any of them. */
export function waterfall(parts: ProfitParts): Waterfall {
    const proven = sign(parts.unproven) === 0;
    let level = parts.start_value;
    const middle = Causes.map((cause): Bar => {
        const from = level;
        level = add(level, parts[cause]);
        return { key: cause, kind: kindOf(parts[cause]), amount: parts[cause], from, to: level, unproven: cause === 'unproven' && !proven };
    });
    const residue = subtract(level, parts.value);
    return {
        bars: [
            { key: 'start', kind: 'total', amount: parts.start_value, from: Zero, to: parts.start_value, unproven: false },
            ...middle,
            { key: 'end', kind: 'total', amount: parts.value, from: Zero, to: parts.value, unproven: !proven },
        ],
        residue,
        exact: sign(residue) === 0 && compare(sum(Causes.map((cause) => parts[cause])), parts.change) === 0,
        proven,
    };
}

function kindOf(amount: Decimal): Bar['kind'] {
    return sign(amount) === 0 ? 'none' : sign(amount) > 0 ? 'gain' : 'loss';
}

/**
 * The stretch of values to draw. What changes is small against what a portfolio is worth, so the axis does not begin at 0 where nothing would be
 * seen of it; `cut` says so, because the bars of the totals are not in proportion then.
 */
export function axisOf(levels: readonly number[]): { low: number; high: number; cut: boolean } {
    const [low, high] = [Math.min(...levels), Math.max(...levels)];
    const spread = high - low || Math.abs(high) || 1;
    const cut = low > spread * 1.5;
    return { low: cut ? low - spread * 0.35 : Math.min(0, low), high: Math.max(0, high) + spread * 0.08, cut };
}
