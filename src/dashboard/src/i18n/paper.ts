import { dictionary } from './dictionary';

/** Words of the page Paper. */
export const paperWords = dictionary({
    title: { en: 'Paper', 'zh-TW': 'Paper' },
});
