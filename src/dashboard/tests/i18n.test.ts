import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dictionary, fill, type Dictionary, type Entry } from '../src/i18n/dictionary';
import { language } from '../src/i18n/language';

const modules = import.meta.glob<Record<string, unknown>>('../src/i18n/*.ts', { eager: true });
const dictionaries = Object.entries(modules).flatMap(([file, module]) => Object.entries(module)
    .filter((pair): pair is [string, Dictionary<Record<string, Entry>>] => typeof pair[1] === 'function' && 'entries' in pair[1])
    .map(([name, words]) => ({ name: `${file.split('/').pop()}: ${name}`, entries: words.entries })));

const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

/** Characters that only simplified Chinese has: one of them means that a text was not written for Taiwan. */
const OnlySimplified = new Set('们这设账单时间历门现实际总额价节买卖结动态检无数据网络连线后续状应执权码启终异见该关闭开损盈币钱资产号长换确认请错误图标签环输点击显复杂简头东车书电');

function sources(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => entry.isDirectory() ? sources(join(folder, entry.name))
        : /\.tsx?$/.test(entry.name) && !/generated/.test(entry.name) ? [readFileSync(join(folder, entry.name), 'utf8')] : []);
}

describe('every dictionary', () => {
    it('is found', () => expect(dictionaries.length).toBeGreaterThanOrEqual(8));

    it.each(dictionaries)('$name has the same places in both languages, and no empty text', ({ entries }) => {
        for (const [key, entry] of Object.entries(entries)) {
            expect(entry.en.trim(), key).not.toBe('');
            expect(entry['zh-TW'].trim(), key).not.toBe('');
            expect(places(entry['zh-TW']), key).toEqual(places(entry.en));
        }
    });

    it.each(dictionaries)('$name is written in Taiwan characters', ({ entries }) => {
        for (const [key, entry] of Object.entries(entries)) expect([...entry['zh-TW']].filter((letter) => OnlySimplified.has(letter)), key).toEqual([]);
    });

    it('uses every word', () => {
        const text = sources(join(__dirname, '../src')).join('\n');
        // Names and units are looked up by what the server calls them.
        const unused = dictionaries.filter(({ name }) => !/(Names|Units)$/.test(name)).flatMap(({ name, entries }) => Object.keys(entries)
            .filter((key) => (text.match(new RegExp(`['"\`}.]${key}\\b`, 'g')) ?? []).length === 0)
            .map((key) => `${name}: ${key}`));
        expect(unused).toEqual([]);
    });
});

describe('a text', () => {
    const t = dictionary({ of: { en: '{a} of {b}', 'zh-TW': '{b} 之 {a}' } });
    it('is filled in, in the language of the page', () => {
        language.value = 'en';
        expect(t('of', { a: 1, b: '2' })).toBe('1 of 2');
        language.value = 'zh-TW';
        expect(t('of', { a: 1, b: '2' })).toBe('2 之 1');
        language.value = 'en';
    });
    it('leaves alone what is not given, and what a value brings in', () => {
        expect(fill('{a} {c}', { a: '{c}' })).toBe('{c} {c}');
    });
    it('of an unknown key is not found', () => expect(t.find('toString')).toBeUndefined());
});
