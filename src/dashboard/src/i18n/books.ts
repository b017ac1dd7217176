import { dictionary } from './dictionary';

/** Words of the page Books. */
export const booksWords = dictionary({
    title: { en: 'Books', 'zh-TW': '帳目' },
});
