import type { Plan } from '../../api/types';
import type { Decimal } from '../../api/decimal';
import { add, subtract } from '../../format/decimal';

/** The figures of a plan that the picture of the balance needs; shares are fractions of the total value. */
export interface Band {
    share: number;
    target: number;
    /** Where Ballast acts, at most 0 and 1. */
    low: number;
    high: number;
    inside: boolean;
    /** What the zoomed picture shows, from left to right. */
    from: number;
    to: number;
}

export type WholePlan = Plan & Required<Pick<Plan, 'price' | 'base_balance' | 'quote_balance' | 'base_value' | 'quote_value' | 'total_value' | 'target_value' | 'target_ratio' | 'deviation' | 'threshold'>>;

/** Whether a plan has what the picture needs: one that failed has not. */
export function isWhole(plan: Plan | undefined): plan is WholePlan {
    return plan !== undefined && plan.price !== undefined && plan.base_balance !== undefined && plan.quote_balance !== undefined && plan.base_value !== undefined
        && plan.quote_value !== undefined && plan.total_value !== undefined && plan.target_value !== undefined && plan.target_ratio !== undefined
        && plan.deviation !== undefined && plan.threshold !== undefined && Number(plan.total_value) > 0;
}

/** The zoom shows two bands to each side of the target, and more where the share lies further off. */
export function bandOf(plan: WholePlan): Band {
    const target = Number(plan.target_ratio);
    const threshold = Number(plan.threshold);
    const share = Number(plan.base_value) / Number(plan.total_value);
    const reach = Math.max(2 * threshold, 1.25 * Math.abs(share - target), 0.001);
    return {
        share, target, low: Math.max(0, target - threshold), high: Math.min(1, target + threshold), inside: Math.abs(share - target) < threshold,
        from: Math.max(0, target - reach), to: Math.min(1, target + reach),
    };
}

/** Where a share stands in the zoomed picture, in per cent of its width. */
export function placeOf(share: number, { from, to }: Pick<Band, 'from' | 'to'>): number {
    return Math.min(100, Math.max(0, (100 * (share - from)) / (to - from)));
}

/** What the quote leg should be worth, and how far each leg is off: exactly opposite. */
export function legsOf(plan: WholePlan): { quoteTarget: Decimal; baseOff: Decimal; quoteOff: Decimal } {
    const quoteTarget = subtract(plan.total_value, plan.target_value);
    return { quoteTarget, baseOff: subtract(plan.base_value, plan.target_value), quoteOff: subtract(plan.quote_value, quoteTarget) };
}

/** A share as a decimal for the formatter, with more places than are shown. */
export function shareDecimal(share: number): Decimal {
    return share.toFixed(8) as Decimal;
}

export function edges(plan: WholePlan): { low: Decimal; high: Decimal } {
    return { low: subtract(plan.target_ratio, plan.threshold), high: add(plan.target_ratio, plan.threshold) };
}
