import { Counter, type Metrics } from '@contact-sync/service-kit';
import type { AnswerObserver } from './redis-contact-store/stored-answers.ts';

/** How much is kept for repeats of requests with an Idempotency-Key. */
export const createAnswerMetrics = ({ registry }: Metrics): AnswerObserver => {
  const counter = (name: string, help: string) => new Counter({ name, help, registers: [registry] });
  const kept = counter('idempotency_answers_total', 'Answers that were stored for a day');
  const bytes = counter('idempotency_answer_bytes_total', 'Length of the answers that were stored for a day');
  const dropped = counter(
    'idempotency_answers_dropped_total',
    'Answers that went before their day was over, since their caller has newer ones',
  );
  return {
    kept: (count, length) => {
      kept.inc(count);
      bytes.inc(length);
    },
    dropped: (count) => dropped.inc(count),
  };
};
