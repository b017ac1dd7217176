/**
 * A number as the server wrote it, such as "0.10000000000000000555": money is decimal, and binary floating point would change its last digits.
 * Everything that is a number in the server's JSON arrives as one. Calculate with src/format/decimal.ts; `Number(…)` is for pixels only.
 */
export type Decimal = string & { readonly decimal: unique symbol };

/** A string, or a number outside of one. A string is matched whole, so that digits inside it are left alone. */
const StringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Reads JSON with every number as a {@link Decimal}, and null as absent. Throws SyntaxError for what is no JSON. */
export function parseExact(text: string): unknown {
    return JSON.parse(text.replace(StringOrNumber, (token) => (token[0] === '"' ? token : `"${token}"`)), (_, value: unknown) => value ?? undefined);
}

export function decimal(text: string): Decimal {
    if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) throw new RangeError(`'${text}' is not a number`);
    return text as Decimal;
}

/** Writes JSON with decimals as numbers: the other way round, for what is sent. `fields` are the names whose values are numbers. */
export function writeExact(body: Readonly<Record<string, unknown>>, fields: readonly string[] = []): string {
    const parts = Object.entries(body).filter(([, value]) => value !== undefined).map(([name, value]) =>
        `${JSON.stringify(name)}:${fields.includes(name) ? decimal(String(value)) : JSON.stringify(value)}`);
    return `{${parts.join(',')}}`;
}
