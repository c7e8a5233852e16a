import { describe, expect, it } from 'vitest';
import { UsageError } from './api/usage-error.ts';
import { setUp } from './test-program.ts';

const letter = {
  id: 'acme.contact.updated.v1-3-4711',
  at: '2026-11-28T09:00:00.000Z',
  state: 'open',
  code: 'VERSION_CONFLICT',
  eventId: 'evt_1',
};

const replay = (state: string, sent: number, more: object = {}) => ({
  id: 'r1',
  state,
  progress: { planned: 2, sent, refused: 0, parked: 0, gone: 0, returned: 0, ...more },
});

describe('npm run ops -- dead-letters', () => {
  it('lists letters as a table, page by page up to a limit, and as JSON for scripts', async () => {
    const page = [200, { items: [letter, letter], nextCursor: 'next' }] as const;
    const last = [200, { items: [letter, letter] }] as const;
    const { run, asked } = setUp({ 'GET /dead-letters': [page, last] });
    const text = await run('dead-letters', 'list', '--limit', '3', '--code', 'VERSION_CONFLICT');
    expect(text).toMatch(/^became a letter\s+state\s+code/);
    expect(text.match(/4711/g)).toHaveLength(3);
    expect(text).toContain('There are more');
    expect(asked[0]?.query).toContain('code=VERSION_CONFLICT');
    const again = setUp({ 'GET /dead-letters': [last] });
    expect(JSON.parse(await again.run('dead-letters', 'list', '--json'))).toEqual([letter, letter]);
  });

  it('tries a selection dry, all its pages, and counts what would be', async () => {
    const change = { field: 'title', from: null, to: 'Countess' };
    const { run, asked } = setUp({
      'POST /dead-letters/dry-run': [
        [200, { items: [{ id: 'a-0-1', outcome: 'applied', changes: [change] }], nextCursor: 'n' }],
        [200, { items: [{ id: 'a-0-2', outcome: 'fails', code: 'UNDECODABLE' }] }],
      ],
    });
    const text = await run('dead-letters', 'dry-run', '--fingerprint', 'f00d');
    expect(text).toContain('title: null → "Countess"');
    expect(text).toContain('1 applied, 1 fails. Nothing was written.');
    expect(asked.map(({ body }) => body)).toEqual([
      { select: { filter: { fingerprint: 'f00d' } } },
      { select: { filter: { fingerprint: 'f00d' } }, cursor: 'n' },
    ]);
  });

  it('follows a replay to its end', async () => {
    const { run, asked, told, failed } = setUp({
      'POST /dead-letters/replays': [[202, { id: 'r1' }]],
      'GET /dead-letters/replays/r1': [
        [200, replay('running', 1)],
        [200, replay('done', 2)],
      ],
    });
    const text = await run('dead-letters', 'replay', '--id', 'a-0-1', 'a-0-2', '--reason', 'mended');
    expect(text).toBe('Replay r1 done: 2 of 2 sent.');
    expect(told).toEqual(['running: 1 of 2 sent']);
    expect(asked[0]?.body).toEqual({ select: { ids: ['a-0-1', 'a-0-2'] }, reason: 'mended' });
    expect(failed()).toBe(false);
  });

  it('fails where a replay did not send all that was meant', async () => {
    const { run, failed } = setUp({
      'POST /dead-letters/replays': [[202, { id: 'r1' }]],
      'GET /dead-letters/replays/r1': [[200, replay('done', 1, { parked: 1 })]],
    });
    expect(await run('dead-letters', 'replay', '--all', '--reason', 'x', '--rate', '5')).toContain(
      '1 parked',
    );
    expect(failed()).toBe(true);
  });

  it('discards until nothing of the selection is left', async () => {
    const { run, asked } = setUp({
      'POST /dead-letters/discard': [
        [200, { discarded: 1_000, more: true }],
        [200, { discarded: 7, more: false }],
      ],
    });
    expect(await run('dead-letters', 'discard', '--all', '--reason', 'trial')).toBe(
      '1007 letters discarded.',
    );
    expect(asked).toHaveLength(2);
  });

  it('waits until an index that is made anew has read everything', async () => {
    const groups = (behind: number) =>
      [200, { groups: [], letters: 3, open: 2, dropped: 0, behind }] as const;
    const { run, told } = setUp({
      'POST /dead-letters/rebuild': [[202, { behind: 9 }]],
      'GET /dead-letters/groups': [groups(9), groups(0)],
    });
    expect(await run('dead-letters', 'rebuild')).toBe(
      '3 letters in the index, 2 open; 0 records left to read.',
    );
    expect(told).toEqual(['9 records left to read']);
  });

  it.each([
    ['replay', '--reason', 'x'],
    ['dry-run', '--id', 'a-0-1', '--code', 'X'],
    ['replay', '--all', '--reason', 'x', '--rate', 'fast'],
  ])('refuses what cannot be meant: %s', async (...args) => {
    await expect(setUp({}).run('dead-letters', ...args)).rejects.toThrow(UsageError);
  });

  it('refuses to replay or discard without a reason', async () => {
    await expect(setUp({}).run('dead-letters', 'replay', '--all')).rejects.toThrow(/--reason/);
    await expect(setUp({}).run('dead-letters', 'discard', '--all')).rejects.toThrow(/--reason/);
  });
});

describe('npm run ops -- rewind', () => {
  it('follows a rewind to its end and tells what came of it', async () => {
    const progress = {
      planned: 9,
      read: 9,
      lifted: 1,
      applied: 2,
      unchanged: 0,
      superseded: 3,
      duplicate: 4,
      failed: 0,
    };
    const { run, asked } = setUp({
      'POST /rewinds': [[202, { id: 'w1' }]],
      'GET /rewinds/w1': [[200, { id: 'w1', state: 'done', progress }]],
    });
    const text = await run('rewind', '--to', '2026-11-28T09:00:00Z', '--dry-run');
    expect(text).toContain('9 of 9 records read, 1 contacts lifted, 2 applied');
    expect(text).toContain('Nothing was written.');
    expect(asked[0]?.body).toEqual({ to: '2026-11-28T09:00:00Z', dryRun: true });
  });

  it('is ended early by its id, and begins none without a time', async () => {
    const progress = {
      planned: 9,
      read: 4,
      lifted: 0,
      applied: 1,
      unchanged: 0,
      superseded: 0,
      duplicate: 3,
      failed: 0,
    };
    const { run, failed } = setUp({
      'DELETE /rewinds/w1': [[200, { id: 'w1', state: 'cancelled', progress }]],
    });
    expect(await run('rewind', 'cancel', 'w1')).toContain('Rewind w1 cancelled: 4 of 9 records read');
    expect(failed()).toBe(false);
    await expect(setUp({}).run('rewind')).rejects.toThrow(UsageError);
  });
});
