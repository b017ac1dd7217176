import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(__dirname, '../src');

function sheets(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true })
        .flatMap((entry) => (entry.isDirectory() ? sheets(join(folder, entry.name)) : entry.name.endsWith('.css') ? [join(folder, entry.name)] : []));
}

/** The classes that a sheet gives a look of its own: the first of a selector, where nothing narrows it. */
function owned(sheet: string): string[] {
    const text = readFileSync(sheet, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    return [...text.matchAll(/(?:^|[{},])\s*\.([\w-]+)(?=\s*[{,]|\s+\w+\s*[{,])/g)].map((match) => match[1] ?? '');
}

it('No class has its look from two sheets: what one page loads stays when the next is opened', () => {
    const owners = new Map<string, Set<string>>();
    for (const sheet of sheets(root)) for (const name of owned(sheet)) owners.set(name, (owners.get(name) ?? new Set()).add(sheet.slice(root.length + 1)));
    expect([...owners].filter(([, files]) => files.size > 1).map(([name, files]) => `${name}: ${[...files].sort().join(' and ')}`)).toEqual([]);
});
