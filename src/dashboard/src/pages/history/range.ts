/** The stretches of time that can be picked, in days; `all` is everything that is kept. */
export const ranges = { '24h': 1, '7d': 7, '30d': 30, '90d': 90, all: null } as const;
export type Range = keyof typeof ranges;

/** The start of a stretch that ends now, as the server takes it; undefined for everything. */
export function startOf(range: Range, now: Date): string | undefined {
    const days = ranges[range];
    return days === null ? undefined : new Date(now.getTime() - days * 86_400_000).toISOString();
}

export function isRange(text: string | null | undefined): text is Range {
    return text != null && Object.hasOwn(ranges, text);
}
