import type { Action, Guard } from '../../api/types';
import { actionWord, reasonWords } from '../../i18n/decisions';
import { language } from '../../i18n/language';

/**
 * The phrases between the figures of the server's sums, and what they are in Traditional Chinese. The first that fits is put in, then the
 * next is looked for.
 */
const Phrases: readonly (readonly [RegExp, string])[] = [
    [/(\S+) free \+ (\S+) in orders/, '$1 可動用 + $2 掛單中'],
    [/last trade (\S+), moved up to the bid of (\S+)/, '最新成交 $1，上移至買價 $2'],
    [/last trade (\S+), moved down to the ask of (\S+)/, '最新成交 $1，下移至賣價 $2'],
    [/last trade (\S+), between the bid of (\S+) and the ask of (\S+)/, '最新成交 $1，介於買價 $2 與賣價 $3'],
    [/; last trade, bid and ask: not recorded/, '；最新成交與買賣價未記錄'],
    [/last trade (\S+)/, '最新成交 $1'],
    [/, which is not above 0/, '，不大於 0'],
    [/: exactly on target/, '：正好在目標上'],
    [/: (\S+) above target/, '：$1 高於目標'],
    [/: (\S+) below target/, '：$1 低於目標'],
    [/, which reaches the threshold of (.+?)(?=[,;]|$)/, '，達到門檻 $1'],
    [/, below the threshold of (.+?)(?=[,;]|$)/, '，低於門檻 $1'],
    [/, which reaches the minimum of (\S+)/, '，達到最低限額 $1'],
    [/, below the minimum of (\S+)/, '，低於最低限額 $1'],
    [/both may be traded/, '買賣皆可'],
    [/\S+: selling is switched on/, '賣出已開啟'],
    [/\S+: selling is switched off/, '賣出已關閉'],
    [/\S+: buying is switched on/, '買進已開啟'],
    [/\S+: buying is switched off/, '買進已關閉'],
    [/: back to the target is assumed; to the target or to its edge: not recorded/, '：假設回到目標；未記錄是回到目標或其邊緣'],
    [/: back to the target/, '：回到目標'],
    [/: back to the edge of the threshold/, '：回到門檻邊緣'],
    [/the smaller of (\S+) and (\S+), in whole steps of (\S+): /, '$1 與 $2 取其小，以 $3 為單位捨去：'],
    [/ at most, out of the proceeds/, '，至多，由所得支付'],
    [/the exchange's minimum is not recorded/, '未記錄交易所的最低限額'],
    [/, but (\S+) is recorded/, '，但記錄為 $1'],
    [/^all (\d+) passed/, '$1 項全部符合'],
    [/^(\d+) of (\d+) passed; these did not:/, '$2 項中符合 $1 項，以下不符合：'],
    [/^none: the mode is observe, which trades nothing/, '無：觀察模式不交易'],
    [/^blocked, never sent: /, '被攔下，未送出：'],
    [/^proposed: /, '待核准：'],
    [/^it was about to leave when this was written down, and no outcome is recorded/, '寫下時即將送出，未記錄結果'],
    [/ at (\S+) on average/, '，均價 $1'],
    [/, fee (\S+)/, '，手續費 $1'],
    [/ at (\S+) or better/, '，價格 $1 或更好'],
    [/(\S+) of (\S+)(?=，|$)/, '$2 中的 $1'],
    [/not recorded/, '未記錄'],
    [/ in quote/g, ''],
    [/ coins/g, ' 枚'],
];

/** A sum in the page's language: figures as they are, the words between them translated as far as they are known. */
export function sumWords(key: string, sum: string): string {
    if (language.value === 'en') return sum;
    if (key === 'result') return resultWords(sum);
    return Phrases.reduce((text, [phrase, words]) => text.replace(phrase, words), sum);
}

function resultWords(sum: string): string {
    const [, action, quantity = '', reason] = /^(HOLD|BUY|SELL)( \S+ \S+)?: (.*)$/.exec(sum) ?? [];
    return action === undefined || reason === undefined ? sum : `${actionWord(action as Action)}${quantity.replace(/ coins$/, ' 枚')}：${reasonWords(reason)}`;
}

/** What a guard found. Its name says what it is about; in Chinese the figures follow, and the server's own sentence only where something is wrong. */
export function guardWords({ sentence, passed }: Guard): string {
    if (language.value === 'en') return sentence;
    const [, value, word, limit] = /: (\S+), (at most|at least) (\S+)$/.exec(sentence) ?? [];
    if (value !== undefined && limit !== undefined) return `${value}，${word === 'at most' ? '至多' : '至少'} ${limit}`;
    return passed ? '' : sentence;
}
