import type { Address } from '@contact-sync/domain';

const present = (part: unknown): part is string => typeof part === 'string' && part !== '';

/** One flat line of an address, in the form that AcmeCRM writes; null where every part is empty. */
export const formatAddress = ({ street, city, state, zipCode, country }: Partial<Address>): string | null => {
  const region = [state, zipCode].filter(present).join(' ');
  const line = [street, city, region, country].filter(present).join(', ');
  return line === '' ? null : line;
};
