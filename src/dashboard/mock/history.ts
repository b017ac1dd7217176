import type { Routes } from './server';

/** GET /ticks, /tick, /equity, /trades, /orders. */
export const historyRoutes: Routes = {};
