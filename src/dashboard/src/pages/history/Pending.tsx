import type { JSX } from 'preact';
import { parts } from '../../i18n/parts';
import { Skeleton } from '../../parts/Panel';
import { problemText } from '../../parts/problemText';
import type { PagedList } from './pagedList';

/** In the place of rows before the first page has come. */
export function Pending({ list }: { list: PagedList<unknown> }): JSX.Element {
    if (!list.problem.value) return <Skeleton lines={6} />;
    return (
        <p class="note note-bad" role="alert">
            <span>{problemText(list.problem.value)}</span>
            <button type="button" class="button small" disabled={list.loading.value} onClick={() => void list.more()}>{parts('retry')}</button>
        </p>
    );
}
