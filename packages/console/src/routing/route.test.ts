import { describe, expect, it } from 'vitest';
import { hrefOf, routeOf } from './route.ts';

describe('a place of the console', () => {
  it('is the same after it was a link, whatever its parts hold', () => {
    const path = ['contacts', 'a/b?c#d e'];
    const href = hrefOf(path, { field: 'customFields.x&y', empty: '', absent: undefined });
    expect(routeOf(href)).toEqual({ path, query: { field: 'customFields.x&y' } });
  });

  it('is the start for no hash, and stands as it came where it does not decode', () => {
    expect(routeOf('')).toEqual({ path: [], query: {} });
    expect(routeOf('#/contacts/%E0%A4')).toEqual({ path: ['contacts', '%E0%A4'], query: {} });
  });
});
