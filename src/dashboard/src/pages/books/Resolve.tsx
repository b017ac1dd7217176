import type { ComponentChildren, JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { change } from '../../api/client';
import { writeExact, type Decimal } from '../../api/decimal';
import type { Books } from '../../api/types';
import { written } from '../../charts/axisWords';
import { multiply, sign } from '../../format/decimal';
import { amount, number, price, quantity } from '../../format/numbers';
import { booksWords as words } from '../../i18n/books';
import { ActButton } from '../../parts/ActButton';
import { confirm } from '../../parts/Confirm';
import { Panel } from '../../parts/Panel';
import { overview } from '../../state/overview';
import type { Resource } from '../../state/resource';
import { bodyOf, consequenceOf, faultsOf, type Consequence, type FormFault, type Part, type ResolutionForm } from './resolution';

export function ResolveCard({ books }: { books: Resource<Books> }): JSX.Element {
    return (
        <Panel of={books} title={words('resolve')} lines={4}>
            {(data) => <ResolveForm key={data.base} books={data} resource={books} />}
        </Panel>
    );
}

function ResolveForm({ books, resource }: { books: Books; resource: Resource<Books> }): JSX.Element {
    const balanced = books.books === 'balanced';
    const [form, setForm] = useState<ResolutionForm>({ kind: 'transfer', scope: 'all', asset: books.base, amount: '', cost: '', reason: '' });
    const [tried, setTried] = useState(false);
    const [done, setDone] = useState('');
    const lastPrice = overview.data.value?.plan?.price;
    const seen: ResolutionForm = balanced ? { ...form, scope: 'part' } : form;
    const faults = tried ? faultsOf(seen) : [];
    const set = (part: Partial<ResolutionForm>): void => setForm({ ...form, ...part });
    const review = (): void => {
        setTried(true);
        if (faultsOf(seen).length > 0) return;
        ask(seen, books, lastPrice, async (what) => {
            await resource.reload();
            setDone(what);
            setTried(false);
            setForm({ ...form, amount: '', cost: '', reason: '' });
        });
    };
    const aboutCoins = seen.scope === 'all' ? sign(books.unproven_base ?? ('0' as Decimal)) !== 0 || sign(books.uncovered) !== 0 : seen.asset === books.base;
    return (
        <form class="resolve" noValidate onSubmit={(event) => { event.preventDefault(); review(); }}>
            {balanced && <p class="figure-text resolve-wide">{words('resolveNothing')}</p>}
            <Choice legend={words('kind')} name="kind" value={form.kind} pick={(kind) => set({ kind: kind as ResolutionForm['kind'] })} options={[
                ['transfer', words('transfer'), words('transferWhy')], ['correction', words('correction'), words('correctionWhy')],
            ]} />
            {!balanced && (
                <Choice legend={words('scope')} name="scope" value={form.scope} pick={(scope) => set({ scope: scope as ResolutionForm['scope'] })} options={[
                    ['all', words('scopeAll'), differencesOf(books)], ['part', words('scopePart'), ''],
                ]} />
            )}
            {seen.scope === 'part' && (
                <div class="resolve-part">
                    <label class="field">
                        <span class="field-label">{words('asset')}</span>
                        <select class="input" value={form.asset} onChange={(event) => set({ asset: event.currentTarget.value })}>
                            <option>{books.base}</option>
                            <option>{books.quote}</option>
                        </select>
                    </label>
                    <TextField label={words('amount')} hint={words('amountHint')} fault={faultWords(faults, 'amount', words('amountWrong'))}
                        value={form.amount} set={(text) => set({ amount: text })} />
                </div>
            )}
            {aboutCoins && (
                <TextField label={words('cost', books)} hint={lastPrice ? words('costHint', { price: price(lastPrice) }) : ''}
                    fault={faultWords(faults, 'cost', words('costWrong'))} value={form.cost} set={(text) => set({ cost: text })} />
            )}
            <TextField label={words('why')} hint={words('whyHint')} fault={faultWords(faults, 'reason', words('whyWrong'))} value={form.reason}
                set={(text) => set({ reason: text })} wide />
            <div class="resolve-foot">
                <ActButton class="button-primary" onClick={review}>{words('review')}</ActButton>
                <span role="status" class="soft">{done && words('recorded', { what: done })}</span>
            </div>
        </form>
    );
}

function ask(form: ResolutionForm, books: Books, lastPrice: Decimal | undefined, after: (what: string) => Promise<void>): void {
    const consequence = consequenceOf(form, books, lastPrice);
    confirm({
        title: words('resolveTitle'),
        act: words('resolveDo'),
        consequence: <ConsequenceWords consequence={consequence} kind={form.kind} books={books} />,
        run: async () => {
            const { body, numbers } = bodyOf(form, books.base);
            await change('POST', '/books/resolve', writeExact(body, numbers));
            await after(unitsOf(consequence.parts, books));
        },
    });
}

function ConsequenceWords({ consequence, kind, books }: { consequence: Consequence; kind: ResolutionForm['kind']; books: Books }): JSX.Element {
    const { parts, left, newCost } = consequence;
    const held = consequence.quantity && quantity(consequence.quantity, books.base);
    return (
        <>
            <ul class="consequence-list">
                {parts.map((part) => (
                    <li key={`${part.asset}${part.units}`}>
                        <strong>{partWords(part, kind, books)}</strong>
                    </li>
                ))}
            </ul>
            {parts.length === 0 && <p>{words('resolveGap', { reason: books.unproven_reason ?? '' })}</p>}
            {held && <p>
                {newCost === undefined ? words('resolveCostStays', { quantity: held, cost: price(books.avg_cost, books.quote) })
                    : words('resolveHoldings', { quantity: held, cost: price(written(newCost, 12), books.quote), was: price(books.avg_cost) })}
            </p>}
            <p>{left.length === 0 ? words('resolveClean') : words('resolveLeft', { left: unitsOf(left, books) })}</p>
            <p class="muted">{words('resolveForGood')}</p>
        </>
    );
}

function partWords(part: Part, kind: ResolutionForm['kind'], books: Books): string {
    const [said, units] = [words(`entry:${kind}`), signedUnits(part.asset, part.units, books)];
    if (part.asset === books.quote) return words('resolveQuote', { kind: said, units });
    return words('resolveLine', { kind: said, units, price: price(part.price, books.quote), value: amount(multiply(part.units, part.price), books.quote) });
}

function Choice({ legend, name, value, options, pick }: {
    legend: string; name: string; value: string; options: readonly (readonly [value: string, label: string, why: string])[]; pick(value: string): void;
}): JSX.Element {
    return (
        <fieldset class="ways">
            <legend class="field-label">{legend}</legend>
            {options.map(([option, label, why]) => (
                <label key={option} class="way">
                    <input type="radio" name={name} value={option} checked={option === value} onChange={() => pick(option)} />
                    <span><strong>{label}</strong>{why !== '' && <span class="figure-note">{why}</span>}</span>
                </label>
            ))}
        </fieldset>
    );
}

function TextField({ label, hint, fault, value, set, wide = false }: {
    label: ComponentChildren; hint: string; fault: string; value: string; set(text: string): void; wide?: boolean;
}): JSX.Element {
    const hintId = useId();
    return (
        <label class={`field${wide ? ' resolve-wide' : ''}`}>
            <span class="field-label">{label}</span>
            <input class="input" type="text" autoComplete="off" maxLength={500} value={value} aria-invalid={fault !== ''}
                aria-describedby={hintId} onInput={(event) => set(event.currentTarget.value)} />
            <span id={hintId} class={`field-hint${fault === '' ? '' : ' is-wrong'}`}>{fault === '' ? hint : fault}</span>
        </label>
    );
}

function faultWords(faults: readonly FormFault[], fault: FormFault, text: string): string {
    return faults.includes(fault) ? text : '';
}

function differencesOf(books: Books): string {
    return unitsOf(consequenceOf({ kind: 'transfer', scope: 'all', asset: books.base, amount: '', cost: '', reason: '' }, books, undefined).parts, books);
}

function unitsOf(parts: readonly Pick<Part, 'asset' | 'units'>[], books: Books): string {
    return parts.map(({ asset, units }) => signedUnits(asset, units, books)).join(', ');
}

function signedUnits(asset: string, units: Decimal, books: Books): string {
    return `${sign(units) > 0 ? '+' : ''}${asset === books.base ? quantity(units, asset) : `${number(units, 2, 8)}\u00a0${asset}`}`;
}
