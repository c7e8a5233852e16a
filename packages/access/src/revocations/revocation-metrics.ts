import { Counter, Gauge, type Metrics } from '@contact-sync/service-kit';
import type { RevocationFeed } from './revocation-feed.ts';

/** What a feed knows and since when, as of the scrape. */
export const watchRevocations = ({ registry }: Metrics, { facts }: Pick<RevocationFeed, 'facts'>): void => {
  new Gauge({
    name: 'revocations_age_seconds',
    help: 'Time since auth-service last told what it has revoked; +Inf before the first snapshot',
    registers: [registry],
    collect() {
      this.set(facts().ageMs / 1_000);
    },
  });
  new Gauge({
    name: 'revocations_entries',
    help: 'Revoked sessions, subjects and keys that are remembered',
    registers: [registry],
    collect() {
      this.set(facts().entries);
    },
  });
  new Counter({
    name: 'revocations_snapshots_total',
    help: 'Snapshots of all that is revoked that were taken',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(facts().snapshots);
    },
  });
};
