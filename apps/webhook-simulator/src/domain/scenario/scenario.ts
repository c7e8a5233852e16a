import type { SimulatedContact } from '../acme/event.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { Part } from './part.ts';

/** A number that a caller may give a scenario, and its bounds. */
export type Parameter = {
  readonly description: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
};

/** A change of a contact by somebody on our side, through the public API, `at` ms after the begin. */
export type LocalEdit = {
  readonly at: number;
  readonly contactId: string;
  readonly field: 'company' | 'title';
  readonly value: string;
};

/** What a part of a run does: everything that happens in AcmeCRM, the POSTs that tell of it, and edits made here. */
export type Script = {
  readonly contacts: readonly SimulatedContact[];
  readonly deliveries: readonly Delivery[];
  readonly edits?: readonly LocalEdit[];
};

/** One kind of traffic. A pure function of its part: the same seed gives the same. */
export type Scenario = {
  /** In kebab case. */
  readonly name: string;
  /** One line. */
  readonly summary: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Most events that it takes, where its deliveries are large. */
  readonly maxCount?: number;
  readonly plan: (part: Part) => Script;
};
