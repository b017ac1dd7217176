import type { Routes } from './server';

/** GET /books, /books/profit, /journal; POST /books/resolve, /books/verify, /books/rebuild. */
export const bookRoutes: Routes = {};
