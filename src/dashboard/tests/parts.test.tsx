import { signal } from '@preact/signals';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../src/api/problem';
import { ActButton } from '../src/parts/ActButton';
import { Confirm, type Question } from '../src/parts/Confirm';
import { Panel } from '../src/parts/Panel';
import { Unproven } from '../src/parts/Unproven';
import { createResource, type Resource } from '../src/state/resource';
import { session } from '../src/state/session';
import { announce, onChange } from '../src/state/live';

let place: HTMLElement;

beforeEach(() => {
    place = document.body.appendChild(document.createElement('div'));
    HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) { this.open = true; };
});
afterEach(() => {
    void act(() => render(null, place));
    place.remove();
    session.value = undefined;
});

function resource(state: Partial<{ data: string; problem: Problem; loading: boolean }>): Resource<string> {
    return {
        data: signal(state.data), problem: signal(state.problem), loading: signal(state.loading ?? false), at: signal(Date.parse('2026-11-26T10:00:00Z')),
        reload: () => Promise.resolve(),
    };
}

describe('a panel', () => {
    const show = async (of: Resource<string>): Promise<string> => {
        await act(() => render(<Panel of={of} title="Things" empty={(data) => (data === '' ? 'nothing yet' : undefined)}>{(data) => <b>{data}</b>}</Panel>, place));
        return place.textContent ?? '';
    };
    it('says that it is loading', async () => {
        expect(await show(resource({ loading: true }))).toContain('Loading');
        expect(place.querySelector('section')?.getAttribute('aria-busy')).toBe('true');
    });
    it('shows what there is', async () => expect(await show(resource({ data: 'x' }))).toBe('Thingsx'));
    it('says that there is nothing', async () => expect(await show(resource({ data: '' }))).toBe('Thingsnothing yet'));
    it('says why it shows nothing', async () => {
        expect(await show(resource({ problem: new Problem('unavailable', 503, 'Redis unavailable') }))).toContain('Server: Redis unavailable');
        expect(place.querySelector('[role=alert] button')?.textContent).toBe('Try again');
    });
    it('keeps what it had, and says since when it is old', async () => {
        expect(await show(resource({ data: 'x', problem: new Problem('offline', 0, '') }))).toMatch(/Not up to date: as of 18:00:00. The server does not answer..*x$/);
    });
});

describe('a question', () => {
    const ask = async (asked: Partial<Question>): Promise<{ closed: () => number; submit: () => Promise<void> }> => {
        const onClose = vi.fn();
        const question: Question = { title: 'Halt?', act: 'Halt', consequence: 'c', run: () => Promise.resolve(), ...asked };
        await act(() => render(<Confirm question={question} onClose={onClose} />, place));
        return {
            closed: () => onClose.mock.calls.length,
            submit: async () => { await act(async () => { place.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true })); await Promise.resolve(); }); },
        };
    };
    it('does it and closes', async () => {
        const run = vi.fn(() => Promise.resolve());
        const { closed, submit } = await ask({ run, reason: true, usualReason: ' because ' });
        await submit();
        expect(run).toHaveBeenCalledExactlyOnceWith('because');
        expect(closed()).toBe(1);
    });
    it('does nothing without a reason where one is due', async () => {
        const run = vi.fn(() => Promise.resolve());
        const { closed, submit } = await ask({ run, reason: true });
        await submit();
        expect([run.mock.calls.length, closed()]).toEqual([0, 0]);
        expect(place.querySelector('button[type=submit]')).toHaveProperty('disabled', true);
    });
    it('stays, and says why, when the server refuses', async () => {
        const { closed, submit } = await ask({ run: () => Promise.reject(new Problem('forbidden', 403, 'a reader may only look')) });
        await submit();
        expect(closed()).toBe(0);
        expect(place.querySelector('[role=alert]')?.textContent).toContain('a reader may only look');
    });
    it('closes on cancel without doing anything', async () => {
        const run = vi.fn(() => Promise.resolve());
        const { closed } = await ask({ run });
        place.querySelector<HTMLButtonElement>('footer button')?.click();
        expect([run.mock.calls.length, closed()]).toEqual([0, 1]);
    });
});

describe('a button that acts', () => {
    it('is there for a reader, does nothing, and says why', async () => {
        const press = vi.fn();
        session.value = { signed_in: true, role: 'reader' };
        await act(() => render(<ActButton onClick={press}>Halt</ActButton>, place));
        const button = place.querySelector('button');
        button?.click();
        expect(press).not.toHaveBeenCalled();
        expect(button?.getAttribute('aria-disabled')).toBe('true');
        expect(place.querySelector(`#${button?.getAttribute('aria-describedby') ?? ''}`)?.textContent).toContain('read only');
    });
    it('acts for an operator', async () => {
        const press = vi.fn();
        session.value = { signed_in: true, role: 'operator' };
        await act(() => render(<ActButton onClick={press}>Halt</ActButton>, place));
        place.querySelector('button')?.click();
        expect(press).toHaveBeenCalledOnce();
    });
});

describe('a number that is not proven', () => {
    it('says so', async () => {
        await act(() => render(<Unproven when>5</Unproven>, place));
        expect(place.textContent).toBe('5 unproven');
        await act(() => render(<Unproven when={false}>5</Unproven>, place));
        expect(place.textContent).toBe('5');
    });
});

describe('a resource', () => {
    it('keeps the last good answer when a newer one fails', async () => {
        const answers = [Promise.resolve('a'), Promise.reject(new Problem('offline', 0, ''))];
        const one = createResource<string>('/test-keeps', () => answers.shift()!);
        await one.reload();
        await one.reload();
        expect([one.data.value, one.problem.value?.kind, one.loading.value]).toEqual(['a', 'offline', false]);
    });
    it('shows the newest answer, whichever comes last', async () => {
        const late: ((value: string) => void)[] = [];
        const one = createResource<string>('/test-newest', () => new Promise((resolve) => { late.push(resolve); }));
        const [first, second] = [one.reload(), one.reload()];
        late[1]?.('new');
        late[0]?.('old');
        await Promise.all([first, second]);
        expect(one.data.value).toBe('new');
    });
    it('is known again when its page is opened anew', async () => {
        await createResource<string>('/test-again', () => Promise.resolve('a')).reload();
        expect(createResource<string>('/test-again').data.value).toBe('a');
    });
    it('hears of changes until it stops', () => {
        const heard = vi.fn();
        const stop = onChange(heard);
        announce(['tick']);
        stop();
        announce(['books']);
        expect(heard).toHaveBeenCalledExactlyOnceWith(['tick']);
    });
});
