import { expect, test } from 'vitest';
import { hmacSha256 } from './hmac.ts';

/** The HMAC-SHA-256 cases of RFC 4231, section 4. */
const cases = [
  {
    name: '1',
    key: Buffer.alloc(20, 0x0b),
    data: Buffer.from('Hi There'),
    digest: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  },
  {
    name: '2, key shorter than the digest',
    key: Buffer.from('Jefe'),
    data: Buffer.from('what do ya want for nothing?'),
    digest: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  },
  {
    name: '3, key and data longer than the digest',
    key: Buffer.alloc(20, 0xaa),
    data: Buffer.alloc(50, 0xdd),
    digest: '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
  },
  {
    name: '4',
    key: Buffer.from(Array.from({ length: 25 }, (_, index) => index + 1)),
    data: Buffer.alloc(50, 0xcd),
    digest: '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
  },
  {
    name: '5, truncated to 128 bits',
    key: Buffer.alloc(20, 0x0c),
    data: Buffer.from('Test With Truncation'),
    digest: 'a3b6167473100ee06e0c796c2955552b',
  },
  {
    name: '6, key longer than a block',
    key: Buffer.alloc(131, 0xaa),
    data: Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First'),
    digest: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  },
  {
    name: '7, key and data longer than a block',
    key: Buffer.alloc(131, 0xaa),
    data: Buffer.from(
      'This is a test using a larger than block-size key and a larger than block-size data. ' +
        'The key needs to be hashed before being used by the HMAC algorithm.',
    ),
    digest: '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  },
];

test.each(cases)(
  'agrees with RFC 4231 case $name, wherever the content is cut in two',
  ({ key, data, digest }) => {
    for (let cut = 0; cut <= data.length; cut += 1) {
      const actual = hmacSha256(key, data.toString('latin1', 0, cut), data.subarray(cut)).toString('hex');
      // Parts of text are hashed as UTF-8, so only ASCII data can be cut anywhere.
      if (data.every((byte) => byte < 0x80) || cut === 0) expect(actual.slice(0, digest.length)).toBe(digest);
    }
  },
);
