import type { Handler, IntegrationEvent } from '@contact-sync/kafka';
import type { AcmeApi } from '../acme/acme-api.ts';
import { writeBackHandler } from '../handlers/write-back.ts';
import type { ContactApplier } from '../ports.ts';
import { createJudge } from './judge-ends.ts';
import type { WriteBrake, WritePlanner } from './ports.ts';
import { createWriteAll } from './write-all.ts';
import { createWriteBack } from './write-back.ts';
import { createWriteOne } from './write-one.ts';

export type WriterPorts = {
  readonly api: AcmeApi;
  readonly planner: WritePlanner;
  readonly contacts: ContactApplier;
  readonly brake: WriteBrake;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

export type WriterTimes = {
  /** The waits before a contact is planned again whose record had moved. */
  readonly againMs?: readonly number[];
};

/** Writes of one batch under way at the same time. */
const concurrency = 8;

/** The writer to AcmeCRM, from its ports to the handler of a consumer. */
export const createWriter = (
  ports: WriterPorts,
  { againMs = [50, 250, 1_000] }: WriterTimes = {},
): Handler<IntegrationEvent<string>> => {
  const { api, planner, brake } = ports;
  const judge = createJudge({ api, planner });
  const writeAll = createWriteAll({ planner, writeOne: createWriteOne(ports), judge, concurrency });
  return writeBackHandler({ writeBack: createWriteBack({ planner, writeAll, againMs }), brake });
};
