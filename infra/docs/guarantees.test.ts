import { existsSync } from 'node:fs';
import { expect, it, test } from 'vitest';
import { localLinks, repository, textOf } from './markdown.ts';

const page = 'docs/guarantees.md';
const shown = localLinks(textOf(page)).filter(({ target }) => /(\.test|-stories)\.ts$/.test(target));

test('every promise names a test that shows it', () => {
  const promises = textOf(page).match(/^\| [A-Z].* \|$/gm) ?? [];
  expect(promises.length).toBeGreaterThan(30);
  for (const promise of promises) expect(promise).toMatch(/\]\(\.\.\/.*(\.test|-stories)\.ts\)/);
});

it.each(shown.map(({ text, target }) => [text, target]))('"%s" is a test of %s', (title, target) => {
  const file = new URL(target, new URL(page, repository));
  expect(existsSync(file), target).toBe(true);
  expect(textOf(target.replace('../', '')).includes(title)).toBe(true);
});
