import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const repository = new URL('../../', import.meta.url);

/** Every Markdown file of the repository that people read: `docs/`, and READMEs wherever they stand. */
export const markdownFiles = (): readonly string[] =>
  globSync(['README.md', 'docs/**/*.md', '{apps,packages,infra,e2e,bench}/**/README.md'], {
    cwd: repository,
    exclude: (path) => /(^|\/)(node_modules|dist)$/.test(path),
  }).toSorted();

export type Link = { readonly text: string; readonly target: string };

/** The links of a Markdown text that stay in the repository; code is no link. */
export const localLinks = (markdown: string): readonly Link[] => {
  const prose = markdown
    .replaceAll(/^```.*?^```/gms, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()]/g, ' '));
  return [...prose.matchAll(/\[([^\]]*)\]\(([^)\s]+)\)/g)]
    .map(([, text = '', target = '']) => ({ text, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target));
};

/** The anchors of a Markdown text, as GitHub makes them of its headings. */
export const anchorsOf = (markdown: string): ReadonlySet<string> =>
  new Set(
    [...markdown.replaceAll(/^```.*?^```/gms, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

/** The text of a file by its path from the root. */
export const textOf = (path: string): string =>
  readFileSync(fileURLToPath(new URL(path, repository)), 'utf8');
