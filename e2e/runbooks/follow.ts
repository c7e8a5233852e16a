import { eventually } from '@contact-sync/testing';
import { expect } from 'vitest';
import { type Operator, startOperator } from '../src/operator.ts';
import type { Pace, PrometheusServer } from '../src/prometheus.ts';
import { readPreamble, readRunbook, type Section, type Step } from '../src/runbook.ts';
import type { System } from '../src/system.ts';
import type { Planted } from './world.ts';

export type Follower = {
  /** Takes the steps of a section, each until it shows what the runbook says. */
  readonly follow: (name: string, section: 'Look' | 'Do', planted: Planted) => Promise<void>;
  /** Whether its first query of "Over" finds the fault. */
  readonly isThere: (name: string) => Promise<boolean>;
  /** Waits until the runbook says that it is over. */
  readonly untilOver: (name: string) => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const patience = { timeoutMs: 60_000, intervalMs: 500 };
/** What the topic refused is tried again each minute. */
const untilTriedAgain = { timeoutMs: 120_000, intervalMs: 500 };

/** Somebody who follows the runbooks to the letter, on that system. */
export const startFollower = async (
  system: System,
  prometheus: PrometheusServer,
  { hasten }: Pace,
): Promise<Follower> => {
  const operator: Operator = await startOperator(system);
  const TOKEN = (await operator.run(`${await readPreamble()}\necho "$TOKEN"`)).trim();
  expect(TOKEN).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);

  const stepsOf = async (name: string, section: Section) =>
    (await readRunbook(name)).steps.filter((step) => step.section === section);
  const finds = async (query: string): Promise<number> => (await prometheus.query(hasten(query))).length;

  const take = ({ language, text, shows }: Step, environment: Readonly<Record<string, string>>) =>
    eventually(async () => {
      if (language === 'promql') {
        expect(await finds(text), `what is found by ${text}`).toBeGreaterThan(0);
        return;
      }
      const said = await operator.run(text, { TOKEN, ...environment });
      expect(said.trim(), `${text}\nsaid nothing`).not.toBe('');
      for (const shown of shows) expect(said, text).toContain(shown);
    }, patience);

  return {
    follow: async (name, section, { environment = {} }) => {
      for (const step of await stepsOf(name, section)) await take(step, environment[name] ?? {});
    },
    isThere: async (name) => {
      const [sign] = await stepsOf(name, 'Over');
      return sign !== undefined && (await finds(sign.text)) > 0;
    },
    untilOver: async (name) => {
      for (const { text } of await stepsOf(name, 'Over'))
        await eventually(async () => expect(await finds(text), text).toBe(0), untilTriedAgain);
    },
    [Symbol.asyncDispose]: () => operator[Symbol.asyncDispose](),
  };
};
