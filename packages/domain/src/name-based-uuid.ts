import { hash } from 'node:crypto';

const namespaceBytes = 16;

/** The digit that holds the variant, from the digest's own: its upper two bits are 10 (RFC 9562 section 4.1). */
const variants = '89ab';

const spelled = (digest: string): string => {
  const variant = variants[Number.parseInt(digest[16] ?? '0', 16) & 3];
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
};

/**
 * Makes the UUIDs of one namespace by name: version 5, RFC 9562 section 5.5. The same as the uuid package's `v5`, at a
 * quarter of its cost: one is made for every event. Throws a RangeError when the namespace is no UUID.
 */
export const nameBasedUuids = (namespace: string): ((name: string) => string) => {
  const prefix = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  if (prefix.length !== namespaceBytes) throw new RangeError('a namespace is a UUID');
  return (name) => {
    const input = Buffer.allocUnsafe(namespaceBytes + Buffer.byteLength(name));
    prefix.copy(input);
    input.write(name, namespaceBytes);
    return spelled(hash('sha1', input, 'hex'));
  };
};
