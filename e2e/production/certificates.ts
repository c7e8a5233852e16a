import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Files in PEM. */
export type Certificates = {
  /** The root that signed the certificate, which nobody trusts by itself. */
  readonly authority: string;
  readonly key: string;
  /** For `localhost` and 127.0.0.1 unless another name is given. */
  readonly certificate: string;
  /** Key and certificate in one file, as Kafka reads them. */
  readonly keyStore: string;
};

const newKey = (file: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', file];

/** A root of one's own in a new folder, and a server's certificate signed by it; made by the openssl of the machine. */
export const makeCertificates = async (
  folder: string,
  names = 'DNS:localhost,IP:127.0.0.1',
): Promise<Certificates> => {
  await mkdir(folder, { mode: 0o700 });
  const at = (name: string) => join(folder, `${name}.pem`);
  const [authority, authorityKey, key, request, certificate, extensions, keyStore] = [
    ...['authority', 'authority-key', 'key', 'request', 'certificate', 'extensions', 'key-store'],
  ].map(at) as [string, string, string, string, string, string, string];
  await writeFile(extensions, `subjectAltName=${names}\n`);
  const root = ['-subj', '/CN=contact-sync test root', '-days', '2', '-out', authority];
  await run('openssl', ['req', '-x509', ...newKey(authorityKey), ...root]);
  await run('openssl', ['req', ...newKey(key), '-subj', '/CN=server', '-out', request]);
  const signing = ['-CA', authority, '-CAkey', authorityKey, '-CAcreateserial', '-days', '2'];
  await run('openssl', [
    'x509',
    '-req',
    '-in',
    request,
    ...signing,
    '-extfile',
    extensions,
    '-out',
    certificate,
  ]);
  await writeFile(keyStore, `${await readFile(key, 'utf8')}${await readFile(certificate, 'utf8')}`);
  return { authority, key, certificate, keyStore };
};
