import type { SimulatedContact } from '../acme/event.ts';
import type { BothWaysPlan, SharedField } from '../both-ways/plan.ts';
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
  readonly field: SharedField;
  readonly value: string;
};

/** What a part of a run does: everything that happens in AcmeCRM, the POSTs that tell of it, and edits made here. */
export type Script = {
  readonly contacts: readonly SimulatedContact[];
  readonly deliveries: readonly Delivery[];
  readonly edits?: readonly LocalEdit[];
  /** What people do in AcmeCRM's store and here. */
  readonly bothWays?: BothWaysPlan;
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
  /** Whether it needs AcmeCRM's store, which a deployed simulator has and the command line has not. */
  readonly playsStore?: true;
  readonly plan: (part: Part) => Script;
};
