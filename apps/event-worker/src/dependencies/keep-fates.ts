import {
  type BatchConsumer,
  consumerGroup,
  contactSyncLadder,
  createBatchConsumer,
} from '@contact-sync/kafka';
import type { ServiceContext } from '@contact-sync/service-kit';
import type { FateStore } from '../fates/fate-store.ts';
import { fatesUpkeep } from '../handlers/fates-upkeep.ts';
import { eraseLetters } from '../letters/erase-letters.ts';
import type { LetterPorts } from '../routes/dead-letters/letter-handlers.ts';
import type { ConnectedKafka } from './connect-kafka.ts';

const forgetEveryMs = 60_000;

/** Each batch forgets what is too old; this does where none comes. */
export const forgetOldFates = (store: Pick<FateStore, 'forgetOld'>, { logger }: ServiceContext) => {
  const forget = () => {
    store
      .forgetOld()
      .catch((err: unknown) => logger.warn({ err }, 'old fates cannot be forgotten; trying on'));
  };
  const timer = setInterval(forget, forgetEveryMs).unref();
  return () => clearInterval(timer);
};

/** What fates hear of beside the events; what nobody can read there goes to the letters of no topic. */
export const createUpkeep = (
  { logger, onFatal }: ServiceContext,
  { client, codec, producer }: ConnectedKafka,
  { store, letters }: { readonly store: FateStore; readonly letters: LetterPorts },
): BatchConsumer =>
  createBatchConsumer({
    client,
    codec,
    producer: {
      sendRaw: (record) => producer.sendRaw({ ...record, topic: contactSyncLadder.strayLetters }),
    },
    groupId: `${consumerGroup}.fates`,
    handler: fatesUpkeep({
      store,
      forgetContact: (contactId) =>
        Promise.all([store.forgetContact(contactId), eraseLetters(letters, contactId)]),
    }),
    logger,
    onFatal,
    concurrency: 1,
  });
