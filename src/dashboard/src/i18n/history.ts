import { dictionary } from './dictionary';

/** Words of the page History. */
export const historyWords = dictionary({
    title: { en: 'History', 'zh-TW': '歷史' },
});
