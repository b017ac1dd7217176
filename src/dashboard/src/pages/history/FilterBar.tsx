import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { actionWord, orderStateWord } from '../../i18n/decisions';
import { historyWords as words } from '../../i18n/history';
import { Actions, isFiltered, NoFilter, OrderStates, type Filter } from './filter';

export function FilterBar({ filter }: { filter: Signal<Filter> }): JSX.Element {
    const now = filter.value;
    const set = (change: Partial<Filter>): void => { filter.value = { ...filter.peek(), ...change }; };
    return (
        <form class="filters" role="search" aria-label={words('filterPlans')} onSubmit={(event) => event.preventDefault()}>
            <div class="filter chips" role="group" aria-label={words('filterAction')}>
                <span class="filter-label" aria-hidden="true">{words('filterAction')}</span>
                <div class="chip-row">
                    {Actions.map((action) => {
                        const on = now.actions.includes(action);
                        return (
                            <button key={action} type="button" class="chip" aria-pressed={on}
                                onClick={() => set({ actions: on ? now.actions.filter((other) => other !== action) : [...now.actions, action] })}>
                                {actionWord(action)}
                            </button>
                        );
                    })}
                </div>
            </div>
            <label class="filter">
                <span class="filter-label">{words('filterOrder')}</span>
                <select class="input" value={now.order} onChange={(event) => set({ order: event.currentTarget.value as Filter['order'] })}>
                    <option value="any">{words('filterAny')}</option>
                    <option value="with">{words('filterAnyOrder')}</option>
                    <option value="without">{words('filterNoOrder')}</option>
                    {OrderStates.map((state) => <option key={state} value={state}>{orderStateWord(state)}</option>)}
                </select>
            </label>
            <label class="filter filter-text">
                <span class="filter-label">{words('filterText')}</span>
                <input class="input" type="search" placeholder={words('filterTextHint')} value={now.text}
                    onInput={(event) => set({ text: event.currentTarget.value })} />
            </label>
            <label class="filter">
                <span class="filter-label">{words('filterFrom')}</span>
                <input class="input" type="date" value={now.from} max={now.to} onChange={(event) => set({ from: event.currentTarget.value })} />
            </label>
            <label class="filter">
                <span class="filter-label">{words('filterTo')}</span>
                <input class="input" type="date" value={now.to} min={now.from} onChange={(event) => set({ to: event.currentTarget.value })} />
            </label>
            {isFiltered(now) && (
                <button type="button" class="button small filter-clear" onClick={() => { filter.value = NoFilter; }}>{words('filterClear')}</button>
            )}
        </form>
    );
}
