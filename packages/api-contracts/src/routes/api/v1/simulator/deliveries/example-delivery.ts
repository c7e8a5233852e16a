export const exampleDelivery = {
  id: '0199f0c9-3c5e-7a20-9b66-1f2a3b4c5d6e',
  runId: '0199f0c9-2b4d-7d10-8a55-6e7f80912a3b',
  scenario: 'duplicates',
  eventIds: ['evt_0199f0c9_1_4_2'],
  acmeId: 'acme_0199f0c9_1_4',
  target: 'http://webhook-ingest:3003',
  fault: 'none',
  state: 'accepted',
  attempts: [
    {
      number: 1,
      at: '2026-11-24T09:30:00.000Z',
      latencyMs: 4_001.2,
      status: 503,
      code: 'DEPENDENCY_UNAVAILABLE',
    },
    { number: 2, at: '2026-11-24T09:30:09.000Z', latencyMs: 6.4, status: 202 },
  ],
  body: '{"id":"evt_0199f0c9_1_4_2"}',
};
