import { dictionary } from './dictionary';

/** Words of what all pages are made of. */
export const parts = dictionary({
    loading: { en: 'Loading', 'zh-TW': '載入中' },
    retry: { en: 'Try again', 'zh-TW': '再試一次' },
    noAnswer: { en: 'This could not be loaded', 'zh-TW': '無法載入這部分' },
    stale: { en: 'Not up to date: as of {time}. {why}', 'zh-TW': '不是最新資料：停留在 {time}。{why}' },
    cancel: { en: 'Cancel', 'zh-TW': '取消' },
    close: { en: 'Close', 'zh-TW': '關閉' },
    reason: { en: 'Why? It is kept in the journal.', 'zh-TW': '原因（會記入日誌）' },
    reasonNeeded: { en: 'Write one line of 1 to 500 characters.', 'zh-TW': '請寫一行，1 到 500 個字元。' },
    working: { en: 'Working…', 'zh-TW': '處理中…' },
    readerMayNot: { en: 'You are signed in to read only; an operator may do this.', 'zh-TW': '您以唯讀身分登入；只有操作者能這麼做。' },
    unproven: { en: 'unproven', 'zh-TW': '未證實' },
    unprovenWhy: { en: 'The books do not balance, so this number is not proven.', 'zh-TW': '帳目不平，這個數字尚未證實。' },
    notKnown: { en: 'not known', 'zh-TW': '未知' },
    offline: { en: 'The server does not answer.', 'zh-TW': '伺服器沒有回應。' },
    signedOut: { en: 'You are signed out.', 'zh-TW': '您已登出。' },
    forbidden: { en: 'You may not do this.', 'zh-TW': '您沒有權限這麼做。' },
    missing: { en: 'The server does not have this.', 'zh-TW': '伺服器沒有這項資料。' },
    conflict: { en: 'A tick is running; try again in a moment.', 'zh-TW': '正在執行一輪檢查，請稍候再試。' },
    locked: { en: 'Too many tries.', 'zh-TW': '嘗試次數過多。' },
    unavailable: { en: 'Something the server needs is down.', 'zh-TW': '伺服器所需的服務目前無法使用。' },
    invalid: { en: 'The server refused this.', 'zh-TW': '伺服器拒絕了這項要求。' },
    failed: { en: 'The server failed.', 'zh-TW': '伺服器發生錯誤。' },
    serverSays: { en: 'Server: {detail}', 'zh-TW': '伺服器訊息：{detail}' },
});
