import type { Outbox } from '../../ports.ts';

const shown = 3;

/**
 * For an operator: which contacts' changes Kafka refuses for good, so that nobody is told of them.
 *
 * @throws {Error} that names some.
 */
export const assertNothingRefused = async ({ held }: Pick<Outbox, 'held'>): Promise<void> => {
  const refusals = [...(await held.refusals())];
  if (refusals.length === 0) return;
  const some = refusals
    .slice(0, shown)
    .map(([id, { version, reason }]) => `${id} at version ${version}: ${reason}`);
  const rest = refusals.length > shown ? `; and ${refusals.length - shown} more` : '';
  throw new Error(`OUTBOX_REFUSED: Kafka refuses changes of contacts for good (${some.join('; ')}${rest}).`);
};
