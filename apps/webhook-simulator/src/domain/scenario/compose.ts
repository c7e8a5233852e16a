import type { RunOptions } from '@contact-sync/api-contracts';
import type { SimulatedContact } from '../acme/event.ts';
import type { BothWaysPlan } from '../both-ways/plan.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { findScenario } from './catalogue.ts';
import { createPart } from './part.ts';
import type { LocalEdit, Script } from './scenario.ts';

/** Everything that a run does. Deliveries and edits stand in the order in which they are due. */
export type RunScript = {
  readonly contacts: readonly (SimulatedContact & { readonly part: number })[];
  readonly deliveries: readonly (Delivery & { readonly part: number })[];
  readonly edits: readonly LocalEdit[];
  readonly bothWays: readonly { readonly part: number; readonly plan: BothWaysPlan }[];
};

export type ComposeInput = {
  readonly options: RunOptions;
  /** Part of every id, so that two runs never speak of the same contact. */
  readonly runId: string;
  /** In ms since 1970. */
  readonly startedAt: number;
};

/** Apart from each other, so that a scenario's traffic does not depend on those beside it. */
const SEED_STEP = 7_919;

/** The scripts of a run's scenarios as one: a pure function of its input. `part` is the scenario's place in the options. */
export const compose = ({ options, runId, startedAt }: ComposeInput): RunScript => {
  const scripts = options.scenarios.map(({ name, ...part }, index): Script => {
    const scenario = findScenario(name);
    if (!scenario) throw new Error(`there is no scenario ${name}`);
    const seed = (options.seed + index * SEED_STEP) % 2 ** 31;
    return scenario.plan(createPart({ ...part, key: `${runId}_${index + 1}`, seed, startedAt }));
  });
  const byTime = (one: { at: number }, other: { at: number }) => one.at - other.at;
  const ofPart = <Item>(items: readonly Item[], part: number) => items.map((item) => ({ ...item, part }));
  return {
    contacts: scripts.flatMap(({ contacts }, part) => ofPart(contacts, part)),
    deliveries: scripts.flatMap(({ deliveries }, part) => ofPart(deliveries, part)).sort(byTime),
    edits: scripts.flatMap(({ edits = [] }) => edits).sort(byTime),
    bothWays: scripts.flatMap(({ bothWays }, part) => (bothWays ? [{ part, plan: bothWays }] : [])),
  };
};
