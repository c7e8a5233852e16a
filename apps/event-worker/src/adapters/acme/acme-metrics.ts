import { createCounter, createHistogram, type Metrics, oncePerRegistry } from '@contact-sync/service-kit';
import type { AcmeAnswer, AcmeListAnswer } from '../../acme/acme-api.ts';

/** Who asks AcmeCRM. */
export type AcmeClient = 'writes' | 'sweeps';

const acmeRouteNames = [
  'GET /acme/v1/contacts',
  'GET /acme/v1/contacts/{id}',
  'POST /acme/v1/contacts',
  'PATCH /acme/v1/contacts/{id}',
  'DELETE /acme/v1/contacts/{id}',
] as const;
export type AcmeRouteName = (typeof acmeRouteNames)[number];

type Outcome = (AcmeAnswer | AcmeListAnswer)['kind'];

const outcomes: readonly Outcome[] = [
  'page',
  'record',
  'deleted',
  'stale',
  'missing',
  'taken',
  'refused',
  'limited',
  'unauthorised',
  'unavailable',
];

/** Hears what AcmeCRM said to a request, and after how many milliseconds. */
export type AcmeObserver = (route: AcmeRouteName, outcome: Outcome, durationMs: number) => void;

const clients: readonly AcmeClient[] = ['writes', 'sweeps'];
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const secondMs = 1_000;

const metricsOf = oncePerRegistry((metrics) => ({
  requests: createCounter(metrics, {
    name: 'contact_sync_acme_requests_total',
    help: 'Requests to AcmeCRM by what it said; those that waited in vain for their turn were not sent and are not counted',
    labels: { client: clients, route: acmeRouteNames, outcome: outcomes },
  }),
  duration: createHistogram(metrics, {
    name: 'contact_sync_acme_request_duration_seconds',
    help: 'Time from a request to AcmeCRM until its answer is there, or it is clear that none comes; without the wait for its turn',
    labels: { client: clients, route: acmeRouteNames },
    buckets,
  }),
}));

/** What is told of a client's requests to AcmeCRM. */
export const observeAcme = (metrics: Metrics, client: AcmeClient): AcmeObserver => {
  const { requests, duration } = metricsOf(metrics);
  return (route, outcome, durationMs) => {
    requests.inc({ client, route, outcome });
    duration.observe({ client, route }, durationMs / secondMs);
  };
};
