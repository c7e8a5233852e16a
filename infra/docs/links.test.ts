import { existsSync, readdirSync } from 'node:fs';
import { expect, it, test } from 'vitest';
import { anchorsOf, localLinks, markdownFiles, repository, textOf } from './markdown.ts';

const files = markdownFiles();

/** What is wrong with a link of a file, if anything. */
const faultOf = (file: string, target: string): string | undefined => {
  const [path = '', anchor] = target.split('#');
  const place = new URL(path, new URL(file, repository));
  if (path !== '' && !existsSync(place)) return `${target} leads nowhere`;
  if (anchor === undefined || (path !== '' && !path.endsWith('.md'))) return undefined;
  const there = path === '' ? file : place.pathname.slice(repository.pathname.length);
  return anchorsOf(textOf(there)).has(anchor) ? undefined : `${target} has no such heading`;
};

test('there are texts to check', () => {
  expect(files).toEqual(
    expect.arrayContaining(['README.md', 'docs/settings.md', 'packages/kafka/README.md']),
  );
});

it.each(files)('every link of %s leads to a file, and to a heading where it names one', (file) => {
  const faults = localLinks(textOf(file)).flatMap(({ target }) => faultOf(file, target) ?? []);
  expect(faults).toEqual([]);
});

test('a link to nothing, and one to no heading, is found', () => {
  expect(faultOf('docs/settings.md', 'nowhere.md')).toMatch('leads nowhere');
  expect(faultOf('docs/settings.md', 'testing.md#nothing')).toMatch('no such heading');
  expect(faultOf('docs/settings.md', 'testing.md#what-to-run')).toBeUndefined();
});

test.each(['apps', 'packages'])('every workspace of %s has a README', (folder) => {
  const workspaces = readdirSync(new URL(`${folder}/`, repository));
  expect(files).toEqual(expect.arrayContaining(workspaces.map((name) => `${folder}/${name}/README.md`)));
});
