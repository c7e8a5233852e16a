import { createRequire } from 'node:module';
import { readRecord } from './read-record.ts';
import { type ReadBatch, withUnreadableBatches } from './unreadable-batch.ts';

const require = createRequire(import.meta.url);
const recordModule = require.resolve('kafkajs/src/protocol/recordBatch/record/v0/decoder');
const batchModule = require.resolve('kafkajs/src/protocol/recordBatch/v0/decoder');
const fixed = Symbol.for('contact-sync.record-reading-fixed');

const replace = (path: string, exports: unknown): void => {
  require(path);
  const cached = require.cache[path];
  if (cached !== undefined) cached.exports = exports;
};

/**
 * Has every consumer of the process read batches so that none of them can stop it (docs/adr/0017). kafkajs 2.2.4 loads
 * both modules at the first fetch; to be called before that. Idempotent.
 */
export const fixRecordReading = (): void => {
  const isFixed = (require.cache[batchModule]?.exports as { [fixed]?: true } | undefined)?.[fixed];
  if (isFixed) return;
  replace(recordModule, readRecord);
  const original = require(batchModule) as ReadBatch;
  replace(batchModule, Object.assign(withUnreadableBatches(original), { [fixed]: true }));
};
