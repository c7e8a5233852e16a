import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

const NAME = 'NODE_EXTRA_CA_CERTS';
const EXAMPLE = `for example ${NAME}=/run/settings/ca.crt`;
const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

const isReadable = (block: string): boolean => {
  try {
    return new X509Certificate(block).subject !== '';
  } catch {
    return false;
  }
};

/**
 * What is wrong with the file of roots that Node trusts beside its own, one text each. Node reads that file before any of
 * our code and only warns of one that it cannot use, and then no server of those roots can be spoken to.
 */
export const extraRootsFaults = (environment: Readonly<Record<string, string | undefined>>): string[] => {
  const path = environment[NAME];
  if (!path) return [];
  try {
    const blocks = readFileSync(path, 'utf8').match(BLOCK) ?? [];
    if (blocks.length === 0) return [`${NAME}: holds no certificate in PEM, ${EXAMPLE}`];
    const broken = blocks.findIndex((block) => !isReadable(block));
    return broken === -1 ? [] : [`${NAME}: certificate ${broken + 1} in it cannot be read, ${EXAMPLE}`];
  } catch (error) {
    return [`${NAME}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unreadable'}), ${EXAMPLE}`];
  }
};
