import { describe, expect, it } from 'vitest';
import { mayDial, readTarget } from './target.ts';

const target = (text: string) => {
  const read = readTarget(text);
  if (!read) throw new Error(`${text} is no target`);
  return read;
};

describe('a target', () => {
  it.each([
    'http://127.0.0.1:3003',
    'https://crm.example.com',
    'http://[::1]:3003',
    'http://webhook-ingest:3003/',
  ])('%s is one', (text) => {
    expect(readTarget(text)?.origin).toBe(text.replace(/\/$/, ''));
  });

  it.each([
    'http://0x7f.0.0.1:3003',
    'http://2130706433:3003',
    'http://017700000001:3003',
    'http://127.1:3003',
    'http://127.0.0.1.:3003',
    'http://①②⑦.0.0.1:3003',
    'http://[0:0:0:0:0:0:0:1]:3003',
    'http://[::ffff:127.0.0.1]:3003',
    'http://127.0.0.1:80',
    'http://user:password@127.0.0.1:3003',
    'http://127.0.0.1:3003/path',
    'http://127.0.0.1:3003?query',
    'http://127.0.0.1:3003#part',
    'http://127.0.0.1:3003\\@evil.example',
    ' http://127.0.0.1:3003',
    'HTTP://127.0.0.1:3003',
    'http://LOCALHOST:3003',
    'file:///etc/passwd',
    'gopher://127.0.0.1:3003',
    '//127.0.0.1:3003',
    '',
  ])('%s is none: every origin has one spelling', (text) => {
    expect(readTarget(text)).toBeUndefined();
  });
});

describe('what may be dialled', () => {
  it('of an address is that address alone', () => {
    expect(mayDial(target('http://127.0.0.1:3003'), '127.0.0.1')).toBe(true);
    expect(mayDial(target('http://127.0.0.1:3003'), '127.0.0.2')).toBe(false);
    expect(mayDial(target('http://[::1]:3003'), '::1')).toBe(true);
  });

  it('of localhost is this machine alone', () => {
    expect(mayDial(target('http://localhost:3003'), '127.0.0.1')).toBe(true);
    expect(mayDial(target('http://localhost:3003'), '::1')).toBe(true);
    expect(mayDial(target('http://localhost:3003'), '10.0.0.1')).toBe(false);
  });

  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '169.254.169.254',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'no address',
  ])('of a name is not %s, whatever its resolver says', (address) => {
    expect(mayDial(target('https://crm.example.com'), address)).toBe(false);
  });

  it.each(['10.1.2.3', '192.168.1.1', '172.16.0.1', '93.184.216.34', '2606:2800:220:1::1', 'fd00::1'])(
    'of a name is %s, where services of a cluster are and other hosts',
    (address) => {
      expect(mayDial(target('http://webhook-ingest:3003'), address)).toBe(true);
    },
  );
});
