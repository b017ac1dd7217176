import { dictionary } from './dictionary';

/** Words of the page Settings. */
export const settingsWords = dictionary({
    title: { en: 'Settings', 'zh-TW': 'Settings' },
});
