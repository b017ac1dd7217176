import { decimal, type Decimal } from '../../api/decimal';
import type { Books } from '../../api/types';
import { add, compare, multiply, sign, subtract } from '../../format/decimal';

/** What stands in the form: text, as it was typed. */
export interface ResolutionForm {
    readonly kind: 'transfer' | 'correction';
    readonly scope: 'all' | 'part';
    readonly asset: string;
    readonly amount: string;
    readonly cost: string;
    readonly reason: string;
}

export type FormFault = 'amount' | 'cost' | 'reason';

/** One movement that will be recorded. `price` is 1 for the quote asset. */
export interface Part { readonly asset: string; readonly units: Decimal; readonly price: Decimal }

/** What the statement does to the books, exactly where it can be known beforehand. */
export interface Consequence {
    readonly parts: readonly Part[];
    /** What the books hold then; undefined when coins that were sold uncovered are made up for first, which only the server works out. */
    readonly quantity: Decimal | undefined;
    /** The average cost when it changes; in doubles, because it is a division that the server rounds. */
    readonly newCost: number | undefined;
    /** What is still to be explained afterwards, by asset. */
    readonly left: readonly { readonly asset: string; readonly units: Decimal }[];
}

const Typed = /^-?\d{1,20}(\.\d{1,18})?$/;
const One = '1' as Decimal;
const Zero = '0' as Decimal;

/** What is wrong with the form; empty when it can be asked about. */
export function faultsOf(form: ResolutionForm): FormFault[] {
    const faults: FormFault[] = [];
    const amount = form.amount.trim();
    if (form.scope === 'part' && (!Typed.test(amount) || sign(decimal(amount)) === 0)) faults.push('amount');
    const cost = form.cost.trim();
    if (cost !== '' && (!Typed.test(cost) || sign(decimal(cost)) < 0)) faults.push('cost');
    const reason = form.reason.trim();
    if (reason === '' || reason.length > 500 || /\p{Cc}/u.test(reason)) faults.push('reason');
    return faults;
}

/** @param price the last tick's, for coins whose cost is not stated; undefined when no tick has seen one */
export function consequenceOf(form: ResolutionForm, books: Books, price: Decimal | undefined): Consequence {
    const coinPrice = form.cost.trim() === '' ? price ?? Zero : decimal(form.cost.trim());
    const parts = unitsOf(form, books).map(({ asset, units }): Part => ({ asset, units, price: asset === books.quote ? One : coinPrice }));
    const coins = parts.filter((part) => part.asset === books.base);
    const quantity = sign(books.uncovered) !== 0 ? undefined : coins.reduce((held, part) => add(held, part.units), books.quantity);
    return { parts, quantity, newCost: newCostOf(coins, books), left: leftOver(parts, books) };
}

function unitsOf(form: ResolutionForm, books: Books): { asset: string; units: Decimal }[] {
    if (form.scope === 'part') return [{ asset: form.asset, units: decimal(form.amount.trim()) }];
    const uncovered = sign(books.uncovered) === 0 ? [] : [{ asset: books.base, units: books.uncovered }];
    const coins = subtract(books.unproven_base ?? Zero, books.uncovered);
    return [...uncovered, { asset: books.base, units: coins }, { asset: books.quote, units: books.unproven_quote ?? Zero }]
        .filter(({ units }) => sign(units) !== 0);
}

// What comes in is mixed into the average; what leaves, leaves at it.
function newCostOf(coins: readonly Part[], books: Books): number | undefined {
    const coming = coins.filter(({ units }) => sign(units) > 0);
    if (coming.length === 0 || sign(books.uncovered) !== 0) return undefined;
    const cost = coming.reduce((total, { units, price }) => add(total, multiply(units, price)), multiply(books.quantity, books.avg_cost));
    const held = coming.reduce((total, { units }) => add(total, units), books.quantity);
    return Number(held) > 0 ? Number(cost) / Number(held) : undefined;
}

function leftOver(parts: readonly Part[], books: Books): { asset: string; units: Decimal }[] {
    const known = [{ asset: books.base, units: books.unproven_base ?? Zero }, { asset: books.quote, units: books.unproven_quote ?? Zero }];
    return known
        .map(({ asset, units }) => ({ asset, units: parts.filter((part) => part.asset === asset).reduce((left, part) => subtract(left, part.units), units) }))
        .filter(({ units }) => compare(units, Zero) !== 0);
}

/** The body of POST /books/resolve: the numbers that are in it are named by `numbers`. */
export function bodyOf(form: ResolutionForm, base: string): { body: Record<string, string>; numbers: string[] } {
    const part = form.scope === 'part' ? { asset: form.asset, amount: form.amount.trim() } : {};
    const costs = form.cost.trim() !== '' && (form.scope === 'all' || form.asset === base);
    return {
        body: { kind: form.kind, reason: form.reason.trim(), ...part, ...(costs ? { cost: form.cost.trim() } : {}) },
        numbers: ['amount', 'cost'],
    };
}
