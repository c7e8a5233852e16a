import { ordinaryDay, parameterOf } from '../part.ts';
import type { Scenario } from '../scenario.ts';
import { contactsOf, paced } from '../timing.ts';

const MS = 1_000;
const SLOW_SHARE = 0.3;

/** Connections that are not what one hopes for. */
export const slowSender: Scenario = {
  name: 'slow-sender',
  summary: 'A third of the bodies trickles in, piece by piece over seconds.',
  parameters: {
    seconds: { description: 'Over how long', minimum: 0.1, maximum: 8, default: 2 },
  },
  maxCount: 500,
  plan: (part) => {
    const { lives, events } = ordinaryDay(part);
    const trickleMs = parameterOf(part, 'seconds') * MS;
    const deliveries = paced(part, events).map((delivery) =>
      part.faker.datatype.boolean(SLOW_SHARE) ? { ...delivery, manner: { trickleMs } } : delivery,
    );
    return { contacts: contactsOf(lives), deliveries };
  },
};

const RESET_SHARE = 0.5;

export const connectionReset: Scenario = {
  name: 'connection-reset',
  summary: 'Half of the deliveries lose their connection between body and answer, and are sent again.',
  parameters: {},
  plan: (part) => {
    const { lives, events } = ordinaryDay(part);
    const deliveries = paced(part, events).map((delivery) =>
      part.faker.datatype.boolean(RESET_SHARE) ? { ...delivery, manner: { reset: true } as const } : delivery,
    );
    return { contacts: contactsOf(lives), deliveries };
  },
};
