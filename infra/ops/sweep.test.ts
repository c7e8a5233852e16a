import { describe, expect, it } from 'vitest';
import { setUp } from './test-program.ts';

const id = 's1';
const kept = {
  id,
  state: 'done',
  request: { full: true },
  by: 'schedule',
  startedAt: '2026-11-24T10:00:00.000Z',
  progress: {
    read: 5_000,
    agreed: 4_998,
    imported: 0,
    healed: 1,
    missedVersions: 2,
    young: 0,
    erased: 0,
    behindThere: 0,
    differs: 0,
    onlyHere: 1,
    notCreated: 1,
    createPending: 0,
    unreadable: 0,
    checkedHere: 5_001,
  },
  agrees: false,
};
const of = (more: object) => ({ ...kept, ...more });

describe('npm run ops -- sweep', () => {
  it('follows a full sweep to its end, names what differs, and fails where the sides did not agree', async () => {
    const findings = [
      { difference: 'only-here', acmeId: 'a1', contactId: 'c1', here: 4 },
      { difference: 'not-created', contactId: 'c2', why: 'refused' },
    ];
    const { run, asked, told, failed } = setUp({
      'POST /sweeps': [[202, { id }]],
      [`GET /sweeps/${id}`]: [
        [200, of({ state: 'running', failure: 'CONFLICT' })],
        [200, of({ findings })],
      ],
    });
    const lines = (await run('sweep', '--full', '--dry-run', '--rate', '50')).split('\n');
    expect(asked[0]?.body).toEqual({ full: true, dryRun: true, ratePerSecond: 50 });
    expect(told.join()).toContain('running: 5000 records read');
    expect(told.join()).toContain('(CONFLICT; it tries on)');
    expect(lines[0]).toContain('The two sides did not agree.');
    expect(lines.slice(1)).toEqual([
      '  only-here: a1, contact c1, here 4, there none',
      '  not-created: no record, contact c2, refused',
    ]);
    expect(failed()).toBe(true);
  });

  it('lists the last sweeps, with what one waits for', async () => {
    const items = [of({ state: 'running', request: {}, failure: 'RATE_LIMITED' })];
    const { run } = setUp({ 'GET /sweeps': [[200, { items }]] });
    const [heading = '', row = ''] = (await run('sweep', 'list')).split('\n');
    expect(heading.split(/\s{2,}/)).toEqual(['ID', 'STATE', 'KIND', 'STARTED', 'BY', 'READ']);
    expect(row.split(/\s{2,}/)).toEqual([
      id,
      'running: RATE_LIMITED',
      'since the last',
      kept.startedAt,
      kept.by,
      '5000',
    ]);
  });

  it.each([
    ['cancelled', false],
    ['done', true],
  ] as const)('ends one early by its id: %s, which is a failure: %s', async (state, isFailure) => {
    const { run, asked, failed } = setUp({ [`DELETE /sweeps/${id}`]: [[200, of({ state })]] });
    expect(await run('sweep', 'cancel', id)).toContain(`Sweep ${id} ${state}: 5000 records read`);
    expect([asked.map(({ route }) => route), failed()]).toEqual([[`DELETE /sweeps/${id}`], isFailure]);
  });
});
