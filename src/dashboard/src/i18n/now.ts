import { dictionary } from './dictionary';

/** Words of the page Now. */
export const nowWords = dictionary({
    title: { en: 'Now', 'zh-TW': 'Now' },
});
