import type { Manner } from '../../delivery/delivery.ts';
import { refusedWith, skewBeyondWindow } from '../../delivery/delivery.ts';
import { ordinaryDay } from '../part.ts';
import type { Scenario } from '../scenario.ts';
import { contactsOf, dayWithPlanted, inTurn, paced } from '../timing.ts';

const invalidSignature = refusedWith(401, 'SIGNATURE_INVALID');

/** Deliveries that nobody who knows the secret has signed, or not now. */
export const wrongSecret: Scenario = {
  name: 'wrong-secret',
  summary: 'Every second delivery is signed with a secret that nobody knows, or not at all.',
  parameters: {},
  plan: (part) =>
    dayWithPlanted(part, (_, index) =>
      index % 4 === 3
        ? { expected: refusedWith(401, 'SIGNATURE_MISSING'), manner: { signer: 'nobody' } }
        : { expected: invalidSignature, manner: { signer: 'unknown' } },
    ),
};

const phases: readonly [Manner, ...Manner[]] = [
  { signer: 'active' },
  { signer: 'unknown and active' },
  { signer: 'newest' },
];

export const rotatedSecret: Scenario = {
  name: 'rotated-secret',
  summary:
    'The secret rotates: signed with all that count, beside one that does not yet, then with the newest alone.',
  parameters: {},
  plan: (part) => {
    const { lives, events } = ordinaryDay(part);
    const phaseOf = (index: number): Manner =>
      phases[Math.floor((index * phases.length) / events.length)] ?? phases[0];
    const deliveries = paced(part, events).map((delivery, index) => ({
      ...delivery,
      manner: phaseOf(index),
    }));
    return { contacts: contactsOf(lives), deliveries };
  },
};

const outside = refusedWith(401, 'TIMESTAMP_OUTSIDE_WINDOW');
const invalidTime = refusedWith(401, 'TIMESTAMP_INVALID');

const wrongTimes: readonly [[Manner, typeof outside], ...[Manner, typeof outside][]] = [
  [{ clockSkewSeconds: -skewBeyondWindow }, outside],
  [{ clockSkewSeconds: skewBeyondWindow }, outside],
  [{ clockSkewSeconds: -86_400 }, outside],
  [{ clockSkewSeconds: 31_536_000 }, outside],
  [{ timestamp: 'NaN' }, invalidTime],
  [{ timestamp: '-1' }, invalidTime],
  [{ timestamp: '1.5e9' }, invalidTime],
  [{ timestamp: null }, invalidTime],
];

const TOLERATED_SKEW = 240;

export const wrongTimestamps: Scenario = {
  name: 'wrong-timestamps',
  summary:
    'Attempts of another time: old, of the future, no number, none; and clocks that are off and still within bounds.',
  parameters: {},
  plan: (part) => {
    const script = dayWithPlanted(part, (_, index) => {
      const [manner, expected] = inTurn(wrongTimes, index);
      return { manner, expected };
    });
    const deliveries = script.deliveries.map((delivery, index) =>
      delivery.expected.kind === 'accepted'
        ? { ...delivery, manner: { clockSkewSeconds: index % 2 === 0 ? TOLERATED_SKEW : -TOLERATED_SKEW } }
        : delivery,
    );
    return { ...script, deliveries };
  },
};

const tampers: readonly [(body: string) => string, ...((body: string) => string)[]] = [
  (body) => body.replace('"acme_first_name":"', '"acme_first_name":"X'),
  (body) => `${body} `,
  (body) => JSON.stringify(JSON.parse(body), null, 1),
  (body) => body.slice(0, -1),
];

export const tamperedBody: Scenario = {
  name: 'tampered-body',
  summary: 'Every second body was changed after it was signed: a letter, a blank, its layout, its end.',
  parameters: {},
  plan: (part) =>
    dayWithPlanted(part, (_, index) => ({
      expected: invalidSignature,
      manner: { tamper: inTurn(tampers, index) },
    })),
};
