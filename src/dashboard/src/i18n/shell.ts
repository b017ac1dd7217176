import { dictionary } from './dictionary';

/** Words of the frame around every page: header, navigation, sign-in. */
export const shell = dictionary({
    now: { en: 'Now', 'zh-TW': '現況' },
    history: { en: 'History', 'zh-TW': '歷史' },
    books: { en: 'Books', 'zh-TW': '帳目' },
    settings: { en: 'Settings', 'zh-TW': '設定' },
    health: { en: 'Health', 'zh-TW': '健康' },
    paper: { en: 'Paper', 'zh-TW': '模擬' },
    pages: { en: 'Pages', 'zh-TW': '頁面' },
    skip: { en: 'Skip to the content', 'zh-TW': '跳到內容' },
    pageBroken: { en: 'This page could not be loaded; the server may have been updated.', 'zh-TW': '無法載入這個頁面；伺服器可能已更新。' },
    reload: { en: 'Reload', 'zh-TW': '重新載入' },
});
