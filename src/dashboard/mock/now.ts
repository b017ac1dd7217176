import type { Routes } from './server';

export const nowRoutes: Routes = {};
