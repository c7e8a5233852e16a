import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generatedSources } from '../generate.ts';

const folder = new URL('../src/generated/', import.meta.url);

test('the generated types are those of the schemas', () => {
  const expected = generatedSources();
  expect(readdirSync(folder).toSorted()).toEqual([...expected.keys()].toSorted());
  for (const [file, source] of expected) {
    expect(readFileSync(new URL(file, folder), 'utf8'), `${file}: run npm run generate`).toBe(source);
  }
});
