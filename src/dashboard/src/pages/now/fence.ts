import type { Decimal } from '../../api/decimal';
import type { Plan, Proposal, Settings } from '../../api/types';
import { absolute, add, compare, multiply, subtract } from '../../format/decimal';

/** How far the price may have moved when an approval is carried out; undefined where the settings do not say. */
export function fenceRatio(settings: Settings | undefined): Decimal | undefined {
    const text = settings?.items.find((item) => item.key.endsWith(':ProposalFence'))?.value;
    return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? (text as Decimal) : undefined;
}

export interface Fence { low: Decimal; high: Decimal; inside: boolean }

/** @param last the price that was seen last. */
export function fenceOf(proposal: Proposal, ratio: Decimal, last: Decimal): Fence {
    const reach = multiply(proposal.price, ratio);
    return {
        low: subtract(proposal.price, reach), high: add(proposal.price, reach),
        inside: compare(absolute(subtract(last, proposal.price)), reach) <= 0,
    };
}

/** The coin's share of the value before and after the order, at the proposal's price and without fees; undefined without a plan. */
export function sharesAround(plan: Plan | undefined, proposal: Proposal): { before: number; after: number } | undefined {
    if (plan?.base_value === undefined || plan.total_value === undefined || Number(plan.total_value) <= 0) return undefined;
    const moved = Number(proposal.quantity) * Number(proposal.price) * (proposal.side === 'BUY' ? 1 : -1);
    const total = Number(plan.total_value);
    return { before: Number(plan.base_value) / total, after: (Number(plan.base_value) + moved) / total };
}
