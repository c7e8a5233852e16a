/** The process that makes the load: apart from what it measures, so that neither waits for the other's event loop. */
import { opened, serveTasks } from '../harness/serve-tasks.ts';
import type { Work } from '../harness/turn.ts';
import { applyBatches, forgetApplied } from './apply-batches.ts';
import { type ContactRequestOptions, contactRequests, requestOnEach } from './contact-requests.ts';
import { createDeliveryMaker, type DeliveryOptions } from './deliveries.ts';
import { type DrainOptions, openDrain } from './drain.ts';
import { type KeepRateOptions, keepRate } from './keep-rate.ts';
import type { Pace } from './pace.ts';
import { openPath, type PathOptions, type Poison } from './path.ts';
import type { LoadRequest, RequestPool } from './request-pool.ts';
import { type SaturateOptions, type Saturation, saturate } from './saturate.ts';
import { type SendEachOptions, sendEach } from './send-each.ts';
import { followChains } from './session-chains.ts';

/** What the requests of the next turn are; kinds for further benches are added here. */
export type Source =
  | ({ readonly kind: 'deliveries'; readonly reusable: boolean } & DeliveryOptions)
  | ({ readonly kind: 'contacts'; readonly reusable: boolean } & ContactRequestOptions)
  | { readonly kind: 'same'; readonly request: LoadRequest };

const makeDeliveries = createDeliveryMaker();

const poolOf = (source: Source): RequestPool => {
  switch (source.kind) {
    case 'same':
      return { requests: [source.request], reusable: true, operationsPerRequest: 1 };
    case 'contacts':
      return { requests: contactRequests(source), reusable: source.reusable, operationsPerRequest: 1 };
    case 'deliveries':
      return {
        requests: makeDeliveries(source),
        reusable: source.reusable,
        operationsPerRequest: source.eventsPerRequest,
      };
  }
};

let held: RequestPool = { requests: [], reusable: false, operationsPerRequest: 1 };
let drain: Awaited<ReturnType<typeof openDrain>> | undefined;
let path: Awaited<ReturnType<typeof openPath>> | undefined;

const tasks = {
  /** Makes the requests of the next turn, ahead of it. */
  hold: (source: Source): void => {
    held = poolOf(source);
  },
  saturate: (options: SaturateOptions): Promise<Saturation> => saturate(options, held),
  keepRate: (options: KeepRateOptions): Promise<Work> => keepRate(options, held),
  applyBatches,
  followChains,
  forgetApplied,
  /** Has one request on each contact sent. */
  onEach: ({
    requests,
    ...options
  }: SendEachOptions & { requests: Omit<ContactRequestOptions, 'requests'> }) =>
    sendEach(options, requestOnEach(requests)),
  openDrain: async (options: DrainOptions): Promise<void> => {
    drain = await openDrain(options);
  },
  encode: (count: number): void => opened(drain).encode(count),
  drain: (): Promise<Work> => opened(drain).drain(),
  openPath: async (options: PathOptions): Promise<void> => {
    path = await openPath(options);
  },
  fillTier: (seconds: number): Promise<void> => opened(path).fillTier(seconds),
  untilCalm: (): Promise<void> => opened(path).untilCalm(),
  followUpdates: (steady: Pace): Promise<Work> => opened(path).follow(steady),
  followUpdatesInTrouble: (steady: Pace & Poison): Promise<Work> => opened(path).followInTrouble(steady),
};

export type LoadTasks = typeof tasks;

serveTasks(tasks);
