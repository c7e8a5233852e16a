export const exampleRunId = '0199f0c9-2b4d-7d10-8a55-6e7f80912a3b';

const options = {
  seed: 1,
  contacts: 20,
  events: 60,
  ratePerSecond: 50,
  duplicates: 0.1,
  reorderWindow: 20,
  deletes: 1,
  deleteBeforeCreate: 1,
  revives: 1,
  badSignatures: 1,
  malformed: 1,
  latencySampleEvery: 5,
  settleTimeoutSeconds: 60,
};

const verdict = {
  ok: true,
  sent: 68,
  accepted: 66,
  unanswered: 0,
  retries: 0,
  duplicates: 6,
  refused: [
    { status: 401, code: 'SIGNATURE_INVALID', count: 1, planted: true },
    { status: 400, code: 'MALFORMED_BODY', count: 1, planted: true },
  ],
  lost: [],
  doubled: [],
  unexpected: [],
  unverified: [],
  latency: { samples: 12, unobserved: 0, p50Ms: 41.2, p99Ms: 180 },
  sampleContactIds: ['7f6b1c1e-50a4-5c7b-9a55-0a3f1d2c4b6e'],
};

export const exampleRun = {
  id: exampleRunId,
  state: 'done',
  options,
  progress: { planned: 68, sent: 68, accepted: 66, refused: 2, contacts: 20, settled: 20, verified: 20 },
  startedAt: '2026-11-24T09:30:00.000Z',
  updatedAt: '2026-11-24T09:30:05.000Z',
  finishedAt: '2026-11-24T09:30:05.000Z',
  verdict,
};
