import { internalRoutes, publicRoutes, webhookRoutes } from '@contact-sync/api-contracts';
import { expect, it, test } from 'vitest';
import { callers, expectations } from './expectations.ts';

const routes = Object.keys({ ...publicRoutes, ...webhookRoutes, ...internalRoutes });

test('every route has a row that says what each caller is answered, and every row has a route', () => {
  expect(Object.keys(expectations).toSorted()).toEqual(routes.toSorted());
});

it.each(Object.entries(expectations))('%s has an expectation for every caller and no other', (_, row) => {
  expect(Object.keys(row)).toEqual([...callers]);
  for (const statuses of Object.values(row)) expect(statuses.every((status) => status >= 200)).toBe(true);
});
