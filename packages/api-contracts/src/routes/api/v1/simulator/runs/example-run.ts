export const exampleRunId = '0199f0c9-2b4d-7d10-8a55-6e7f80912a3b';

export const exampleRequest = {
  scenarios: [
    { name: 'duplicates', parameters: { share: 0.1, times: 1 } },
    { name: 'wrong-secret', count: 2 },
  ],
  count: 60,
  ratePerSecond: 50,
};

const options = {
  scenarios: [
    { name: 'duplicates', count: 60, ratePerSecond: 50, parameters: { share: 0.1, times: 1 } },
    { name: 'wrong-secret', count: 2, ratePerSecond: 50, parameters: {} },
  ],
  seed: 1,
  settleTimeoutSeconds: 60,
  latencySampleEvery: 5,
};

const clean = { unanswered: 0, retries: 0, lost: 0, doubled: 0, unexpected: 0, unverified: 0 };

const verdict = {
  ok: true,
  sent: 68,
  accepted: 67,
  unanswered: 0,
  retries: 0,
  duplicates: 6,
  refused: [{ status: 401, code: 'SIGNATURE_INVALID', count: 1, planted: true }],
  lost: [],
  doubled: [],
  unexpected: [],
  unverified: [],
  scenarios: [
    {
      name: 'duplicates',
      ok: true,
      sent: 66,
      accepted: 66,
      refused: 0,
      duplicates: 6,
      contacts: 15,
      ...clean,
    },
    {
      name: 'wrong-secret',
      ok: true,
      sent: 2,
      accepted: 1,
      refused: 1,
      duplicates: 0,
      contacts: 1,
      ...clean,
    },
  ],
  sending: { perSecond: 51.5, lateMs: 0.4 },
  fates: { applied: 58, unchanged: 0, superseded: 3, duplicate: 0, dead_letter: 0 },
  unverifiedFates: 0,
  latency: { samples: 12, unobserved: 0, p50Ms: 41.2, p99Ms: 180 },
  sampleContactIds: ['7f6b1c1e-50a4-5c7b-9a55-0a3f1d2c4b6e'],
};

export const exampleRun = {
  id: exampleRunId,
  state: 'done',
  options,
  progress: { planned: 68, sent: 68, accepted: 67, refused: 1, contacts: 16, settled: 16, verified: 16 },
  startedAt: '2026-11-24T09:30:00.000Z',
  updatedAt: '2026-11-24T09:30:05.000Z',
  finishedAt: '2026-11-24T09:30:05.000Z',
  verdict,
};
