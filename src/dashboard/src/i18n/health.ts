import { dictionary } from './dictionary';

/** Words of the page Health. */
export const healthWords = dictionary({
    title: { en: 'Health', 'zh-TW': 'Health' },
});
