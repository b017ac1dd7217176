import { dateTime } from '../../format/dates';
import { booksWords as words } from '../../i18n/books';

const Difference = /^the account holds \S+ \S+ (more|less) than the books explain$/;

/**
 * What does not add up besides the two differences, which stand in figures: the server's sentences in the page's language, in its own words where
 * they are not known here.
 */
export function furtherReasons(reason: string): string[] {
    return reason.split('; ').filter((sentence) => sentence !== '' && !Difference.test(sentence)).map(said);
}

function said(sentence: string): string {
    const [, units, asset] = /^(\S+) (\S+) were sold or withdrawn that the books never held$/.exec(sentence) ?? [];
    if (units !== undefined && asset !== undefined) return words('reasonUncovered', { units, asset });
    const [, from, to] = /^the exchange forgot the trades from (\S+) to (\S+) before they were read$/.exec(sentence) ?? [];
    if (from !== undefined && to !== undefined) return words('reasonForgotten', { from: dateTime(from), to: dateTime(to) });
    return sentence;
}
