import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unpackLz4Frame } from './lz4-frame.ts';

const text = `${Array.from({ length: 6 }, (_, index) => `contact ${index} lives in Łódź; `).join('')}${'\0'.repeat(300)}`;
const long = 'Łódź '.repeat(20_000);
const noise = Buffer.from('RCCCPP3m8cJrMPkOx90B5Ih1NKIPCw0Ew27YDnHg/XewdnDrlAvVM1+XParYYZuR', 'base64');

/** Written by the reference implementation's command: `lz4 -c -B4` and the options named. */
const frames: [string, string, Buffer][] = [
  [
    '-BI',
    'BCJNGGRAp0UAAAD0DWNvbnRhY3QgMCBsaXZlcyBpbiDFgcOzZMW6OyAcAB8xHAAIHzIcAAgfMxwACB80HAAIHzUcAAAfAAEA/xRQAAAAAAAAAAAAKBM04A==',
    Buffer.from(text),
  ],
  [
    '-BX --no-frame-crc',
    'BCJNGHBArUUAAAD0DWNvbnRhY3QgMCBsaXZlcyBpbiDFgcOzZMW6OyAcAB8xHAAIHzIcAAgfMxwACB80HAAIHzUcAAAfAAEA/xRQAAAAAAAmtNrsAAAAAA==',
    Buffer.from(text),
  ],
  [
    '--content-size',
    'BCJNGGxA1AEAAAAAAADaRQAAAPQNY29udGFjdCAwIGxpdmVzIGluIMWBw7Nkxbo7IBwAHzEcAAgfMhwACB8zHAAIHzQcAAgfNRwAAB8AAQD/FFAAAAAAAAAAAAAoEzTg',
    Buffer.from(text),
  ],
  [
    '-BD, blocks that refer to those before them',
    'BCJNGERAXhIBAACPxYHDs2TFuiAIAP/////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////gULNkxbogEgEAAI/FgcOzZMW6IAgA/////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////+BQs2TFuiCDAAAAj8WBw7NkxbogCAD//////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////1FQs2TFuiAAAAAAYvG0Og==',
    Buffer.from(long),
  ],
  [
    'of what cannot be packed',
    'BCJNGGRApzAAAIBEIII8/ebxwmsw+Q7H3QHkiHU0og8LDQTDbtgOceD9d7B2cOuUC9UzX5c9qthhm5EAAAAAl7gq3Q==',
    noise,
  ],
];

test.each(frames)('unpacks a frame of the reference implementation: %s', (_, frame, content) => {
  expect(unpackLz4Frame(Buffer.from(frame, 'base64'), 1_000_000)).toEqual(content);
});

test('gives no more than it was told to', () => {
  const frame = Buffer.from(frames[3]?.[1] ?? '', 'base64');
  const size = Buffer.byteLength(long);
  expect(unpackLz4Frame(frame, size)).toHaveLength(size);
  expect(() => unpackLz4Frame(frame, size - 1)).toThrow('more than');
});

test('whatever is done to a frame, it ends in bytes within the bound or in an error, at once', () => {
  const frame = Buffer.from(frames[0]?.[1] ?? '', 'base64');
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(frame.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
      fc.nat(frame.length),
      (flips, length) => {
        const damaged = Buffer.from(frame.subarray(0, length));
        for (const [at, value] of flips) if (at < length) damaged[at] = value;
        try {
          expect(unpackLz4Frame(damaged, 10_000).length).toBeLessThanOrEqual(10_000);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      },
    ),
    { numRuns: 1_000 },
  );
});
