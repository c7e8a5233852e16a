import { readFile } from 'node:fs/promises';

export type Section = 'Look' | 'Do' | 'Over';

/** A command or a query of a runbook, and what the runbook says that it shows. */
export type Step = {
  readonly section: Section;
  readonly language: 'sh' | 'promql';
  readonly text: string;
  /** Texts that stand in what the command says; of a query it is that something is found. */
  readonly shows: readonly string[];
};

export type Runbook = { readonly alerts: readonly string[]; readonly steps: readonly Step[] };

const folder = new URL('../../docs/runbooks/', import.meta.url);

const FENCE = /```(sh|promql)\n([\s\S]*?)\n```\n*(?:Shows ([^\n]*))?/g;

const quoted = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

const stepsIn = (section: Section, text: string): Step[] =>
  [...text.matchAll(FENCE)].map(([, language, code = '', shown = '']) => ({
    section,
    language: language === 'promql' ? 'promql' : 'sh',
    text: code,
    shows: quoted(shown),
  }));

/** What every runbook takes as done: the command that gets a token, in `TOKEN`. */
export const readPreamble = async (): Promise<string> => {
  const [{ text = '' } = {}] = stepsIn('Look', await readFile(new URL('README.md', folder), 'utf8'));
  return text;
};

/** A runbook as a program reads it: its alerts, and what it has run, in that order. */
export const readRunbook = async (name: string): Promise<Runbook> => {
  const text = await readFile(new URL(`${name}.md`, folder), 'utf8');
  const sectionOf = (section: Section) => text.split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? '';
  const sections: readonly Section[] = ['Look', 'Do', 'Over'];
  return {
    alerts: quoted(/^Alert: (.*)$/m.exec(text)?.[1] ?? ''),
    steps: sections.flatMap((section) => stepsIn(section, sectionOf(section))),
  };
};
