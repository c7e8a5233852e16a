import type { AccessClaims } from '@contact-sync/access';
import type { TokenRecords } from '../../src/ports.ts';

export const createInMemoryTokenRecords = (): TokenRecords & { readonly recorded: AccessClaims[] } => {
  const recorded: AccessClaims[] = [];
  return { recorded, record: async (claims) => void recorded.push(claims) };
};
