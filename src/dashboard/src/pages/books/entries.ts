import type { Decimal } from '../../api/decimal';
import type { JournalLine, Movement, Trade } from '../../api/types';
import { add, multiply } from '../../format/decimal';

export const EntryKinds = ['trade', 'movement', 'change', 'opening'] as const;
export type EntryKind = (typeof EntryKinds)[number];

export interface JournalFilter {
    /** None asks for all of them. */
    readonly kinds: readonly EntryKind[];
    /** Empty asks for everybody. */
    readonly who: string;
    readonly text: string;
}

export const NoJournalFilter: JournalFilter = { kinds: [], who: '', text: '' };

export function kindOf(line: JournalLine): EntryKind {
    return line.trade ? 'trade' : line.movement ? 'movement' : line.change ? 'change' : 'opening';
}

/** Who is behind an entry: the exchange reported it, somebody said so, or Ballast opened its books. */
export function whoOf(line: JournalLine): string {
    return line.change?.by ?? line.movement?.by ?? (line.opening ? 'ballast' : 'exchange');
}

export function entryMatches(line: JournalLine, filter: JournalFilter, said: string): boolean {
    if (filter.kinds.length > 0 && !filter.kinds.includes(kindOf(line))) return false;
    if (filter.who !== '' && whoOf(line) !== filter.who) return false;
    const words = filter.text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return true;
    const { trade, movement, change } = line;
    const all = [
        said, whoOf(line), trade?.id, trade?.order_id, trade?.side, movement?.id, movement?.reason, movement?.kind, change?.what, change?.to, change?.reason,
    ].join(' ').toLocaleLowerCase();
    return words.every((word) => all.includes(word));
}

/** Lines have no ids of their own: when and what they are about is one. */
export function lineId(line: JournalLine): string {
    const about = line.trade?.id ?? line.movement?.id ?? (line.change ? `${line.change.what}/${line.change.to}/${line.change.by}` : 'opening');
    return `${line.at}/${about}`;
}

export function worthOf(movement: Pick<Movement, 'units' | 'price'>): Decimal {
    return multiply(movement.units, movement.price);
}

/** What was paid in fees in one asset. */
export interface FeeSum {
    readonly asset: string;
    readonly paid: Decimal;
    /** In quote, of those trades whose fee's worth is known. */
    readonly worth: Decimal;
    readonly trades: number;
    /** Trades whose fee's worth is not known. */
    readonly unvalued: number;
}

/** The fees of trades by asset, summed exactly; the pair's own two first. */
export function feesByAsset(trades: readonly Trade[], base: string, quote: string): FeeSum[] {
    const zero = '0' as Decimal;
    const sums = new Map<string, FeeSum>();
    for (const trade of trades) {
        const asset = trade.fee_asset;
        const sum = sums.get(asset) ?? { asset, paid: zero, worth: zero, trades: 0, unvalued: 0 };
        const worth = asset === quote ? trade.fee : asset === base ? multiply(trade.fee, trade.price) : trade.fee_value;
        sums.set(asset, {
            asset, paid: add(sum.paid, trade.fee), worth: worth === undefined ? sum.worth : add(sum.worth, worth), trades: sum.trades + 1,
            unvalued: sum.unvalued + (worth === undefined ? 1 : 0),
        });
    }
    const rank = (asset: string): number => (asset === quote ? 0 : asset === base ? 1 : 2);
    return [...sums.values()].sort((left, right) => rank(left.asset) - rank(right.asset) || left.asset.localeCompare(right.asset));
}
