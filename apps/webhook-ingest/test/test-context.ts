import { createLogger, createMetrics } from '@contact-sync/service-kit';
import { checkedAnswers } from '@contact-sync/service-kit/testing';

/** A process that says nothing, in which no answer leaves that does not hold its contract. */
export const testContext = () => ({
  logger: createLogger({ service: 'test', level: 'silent' }),
  metrics: createMetrics('test'),
  plugins: [checkedAnswers],
});
