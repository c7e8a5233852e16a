import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkSignature, type Signed } from './check-signature.ts';

const secret = 'correct-horse-battery-staple';
const timestamp = '1750000000';
const nowMs = 1_750_000_000_000;
const body = '{"id": "evt_1"}';

const sign = (text: string, key = secret) => `sha256=${createHmac('sha256', key).update(text).digest('hex')}`;
const good: Signed = { secret, timestamp, body, signature: sign(`${timestamp}.${body}`) };

const wrongParts = async (changes: Partial<Signed>, now = nowMs) =>
  (await checkSignature({ ...good, ...changes }, now)).filter(({ ok }) => !ok);

describe('a delivery that is checked in the browser', () => {
  it('has nothing wrong where it is signed as it ought to be, also beside another signature', async () => {
    expect(await wrongParts({})).toEqual([]);
    expect(await wrongParts({ signature: `${sign('other')}, ${good.signature}` })).toEqual([]);
  });

  it.each([
    ['300 s ago', nowMs + 300_000, []],
    ['301 s ago', nowMs + 301_000, ['timestamp']],
    ['301 s ahead', nowMs - 301_000, ['timestamp']],
  ])('with a timestamp %s is judged by the window alone', async (_, now, parts) => {
    expect((await wrongParts({}, now)).map(({ part }) => part)).toEqual(parts);
  });

  it.each([
    ['milliseconds', { timestamp: '1750000000000' }, 'timestamp', /milliseconds/],
    ['no timestamp', { timestamp: '' }, 'timestamp', /missing/],
    [
      'upper case',
      { signature: good.signature.toUpperCase().replace('SHA256', 'sha256') },
      'signature',
      /lower case/,
    ],
    ['no scheme', { signature: good.signature.slice(7) }, 'signature', /sha256= in front/],
    ['a digit short', { signature: good.signature.slice(0, -1) }, 'signature', /64/],
    ['no signature', { signature: '' }, 'signature', /missing/],
  ])('with %s is told by that part', async (_, changes, part, text) => {
    const found = await wrongParts(changes);
    expect(found.find((one) => one.part === part)?.text).toMatch(text);
  });

  it.each([
    ['the body alone', { signature: sign(body) }, /body alone/],
    [
      'a secret with a line end',
      { signature: sign(`${timestamp}.${body}`, `${secret}\n`) },
      /line end behind/,
    ],
    ['a secret with blanks here', { secret: ` ${secret} ` }, /around it/],
    ['a body with a line end more', { body: `${body}\n` }, /without the line end/],
    ['a body that was written anew', { signature: sign(`${timestamp}.{"id":"evt_1"}`) }, /without blanks/],
    ['a time in milliseconds', { signature: sign(`${timestamp}000.${body}`) }, /milliseconds/],
    ['something else', { signature: sign('something else') }, /another secret/],
  ])('that was signed over %s is told so', async (_, changes, text) => {
    expect(await wrongParts(changes)).toEqual([
      { part: 'content', ok: false, text: expect.stringMatching(text) },
    ]);
  });
});
