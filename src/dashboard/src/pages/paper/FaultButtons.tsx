import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { change } from '../../api/client';
import { decimal, writeExact } from '../../api/decimal';
import type { FaultKind } from '../../api/types';
import { duration } from '../../format/dates';
import { compare } from '../../format/decimal';
import { number } from '../../format/numbers';
import { language } from '../../i18n/language';
import { faultSays, paperWords } from '../../i18n/paper';
import { ActButton } from '../../parts/ActButton';
import { confirm } from '../../parts/Confirm';

const Times: readonly (readonly [seconds: number | undefined, word: 'minute' | 'quarter' | 'hour' | 'ever'])[] = [[60, 'minute'], [900, 'quarter'], [3600, 'hour'], [undefined, 'ever']];

export function FaultButtons({ kinds, forSeconds, onForSeconds, onStarted }: {
    kinds: readonly FaultKind[]; forSeconds: number | undefined; onForSeconds: (seconds: number | undefined) => void; onStarted: () => void;
}): JSX.Element {
    return (
        <>
            <fieldset class="fault-times">
                <legend class="field-label">{paperWords('settings')}</legend>
                {Times.map(([seconds, word]) => (
                    <label key={word} class="fault-time">
                        <input type="radio" name="for" checked={forSeconds === seconds} onChange={() => onForSeconds(seconds)} />
                        <span>{paperWords(word)}</span>
                    </label>
                ))}
            </fieldset>
            <ul class="faults" aria-label={paperWords('kinds')}>
                {kinds.map((kind) => <Fault key={kind.name} kind={kind} forSeconds={forSeconds} onStarted={onStarted} />)}
            </ul>
        </>
    );
}

function Fault({ kind, forSeconds, onStarted }: { kind: FaultKind; forSeconds: number | undefined; onStarted: () => void }): JSX.Element {
    const [argument, setArgument] = useState('');
    const says = (language.value === 'zh-TW' ? faultSays[kind.name] : undefined) ?? kind.says;
    const text = argument.trim();
    const wrong = !fits(kind.argument, text);
    return (
        <li class="fault">
            <code class="fault-name">{kind.name}</code>
            <p class="fault-says">{says}</p>
            <div class="fault-acts">
                {kind.argument !== undefined && (
                    <input class="input fault-number" type="text" inputMode="decimal" aria-label={paperWords('number', { meaning: kind.argument.says })} title={rangeOf(kind.argument)}
                        placeholder={kind.argument.usual === undefined ? kind.argument.says : `${number(kind.argument.usual)} ${kind.argument.says}`} aria-invalid={wrong && text !== ''} value={argument} onInput={(event) => setArgument(event.currentTarget.value)} />
                )}
                <ActButton class="small" disabled={wrong} why={kind.argument && rangeOf(kind.argument)} onClick={() => confirm({
                    title: paperWords('startTitle', { name: kind.name }), act: paperWords('start'), tone: 'danger',
                    consequence: (
                        <>
                            <p><strong>{paperWords('startSays', { says: text === '' ? says : `${says} (${text})` })}</strong></p>
                            <p>{forSeconds === undefined ? paperWords('untilEnded') : paperWords('lasting', { time: duration(forSeconds * 1000) })}</p>
                        </>
                    ),
                    run: async () => {
                        await change('POST', '/paper/faults', faultBody(kind.name, text, forSeconds));
                        onStarted();
                    },
                })}><span class="unseen">{paperWords('startNamed', { name: kind.name })}</span><span aria-hidden="true">{paperWords('start')}</span></ActButton>
            </div>
        </li>
    );
}

type Argument = NonNullable<FaultKind['argument']>;

function rangeOf({ says, least, most }: Argument): string {
    return paperWords('range', { says, least: number(least), most: number(most) });
}

/** Whether the text is a number that the fault takes; empty is, where there is a usual one or none is needed. */
export function fits(argument: Argument | undefined, text: string): boolean {
    if (argument === undefined) return text === '';
    if (text === '') return argument.usual !== undefined;
    return /^-?\d+(\.\d+)?$/.test(text) && !(argument.whole && text.includes('.')) && compare(decimal(text), argument.least) >= 0 && compare(decimal(text), argument.most) <= 0;
}

/** JSON with the number as it was typed. @param argument empty takes the fault's usual one. */
export function faultBody(kind: string, argument: string, forSeconds: number | undefined): string {
    return writeExact({ kind, argument: argument === '' ? undefined : decimal(argument), for_seconds: forSeconds }, ['argument', 'for_seconds']);
}
