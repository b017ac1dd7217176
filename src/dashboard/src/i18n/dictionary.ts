import { language, type Language } from './language';

export type Entry = Readonly<Record<Language, string>>;

/** The names in braces of a text: `Places<'{a} of {b}'>` is 'a' | 'b'. */
type Places<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never;
type Values<Text extends string> = [Places<Text>] extends [never] ? [] : [values: Readonly<Record<Places<Text>, string | number>>];

export interface Dictionary<Entries extends Readonly<Record<string, Entry>>> {
    /** The text in the language of the page, its places filled in. Reading it follows the language. */
    <Key extends keyof Entries & string>(key: Key, ...values: Values<Entries[Key]['en']>): string;
    readonly entries: Entries;
    /** The text of a key that is known only at run time, such as the server's name of a check; undefined for one that is not there. */
    find(key: string): string | undefined;
}

/**
 * The words of one page, in every language side by side: a missing language, a key that is not there and a value that is not given are type
 * errors. `t('change', { value })` fills `{value}` in.
 */
export function dictionary<const Entries extends Readonly<Record<string, Entry>>>(entries: Entries): Dictionary<Entries> {
    const read = (key: string, values?: Readonly<Record<string, string | number>>): string => fill(entries[key]![language.value], values);
    return Object.assign(read as unknown as Dictionary<Entries>, {
        entries,
        find: (key: string) => (Object.hasOwn(entries, key) ? entries[key]![language.value] : undefined),
    });
}

export function fill(text: string, values: Readonly<Record<string, string | number>> = {}): string {
    return text.replace(/\{(\w+)\}/g, (place, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : place));
}
