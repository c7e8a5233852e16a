import { expect, it } from 'vitest';
import { hexDump } from './hex-dump.ts';

it('shows bytes by offset, in hexadecimal and as text, and no more than the limit', () => {
  const bytes = Buffer.concat([Buffer.from([0, 0, 0, 0, 7]), Buffer.from('evt_0001 and more')]);
  expect(hexDump(bytes.toString('base64'), 20)).toBe(
    [
      '000000  00 00 00 00 07 65 76 74 5f 30 30 30 31 20 61 6e  .....evt_0001 an',
      '000010  64 20 6d 6f                                      d mo',
    ].join('\n'),
  );
});
