import { type AcmeRecord, type Address, limits } from '@contact-sync/domain';
import { isNothing } from '../gates/gate.ts';
import { textGate } from '../gates/text-gates.ts';
import type { Problems } from '../problem.ts';
import type { FilledFields } from './filled-fields.ts';

/** Fills one field of the contact from the record. */
export type Field<Value> = (record: AcmeRecord, problems: Problems) => Value;

type Part = Field<string | null>;

/** The address where pairs fill its parts one by one; null while all of them are empty. */
const fromParts = (part: (name: keyof Address) => Part): Field<Address | null> => {
  const street = part('street');
  const city = part('city');
  const state = part('state');
  const zipCode = part('zipCode');
  const country = part('country');
  return (record, problems) => {
    const address: Address = {
      street: street(record, problems),
      city: city(record, problems),
      state: state(record, problems),
      zipCode: zipCode(record, problems),
      country: country(record, problems),
    };
    return Object.values(address).some((value) => value !== null) ? address : null;
  };
};

/** Compiles the address: whole from one flat line, or by its parts. */
export const addressField = ({ whole, keyed }: FilledFields): Field<Address | null> => {
  const parts = keyed('address');
  if (parts.length > 0)
    return fromParts((name) => {
      const feed = parts.find(({ key }) => key === name);
      if (!feed) return () => null;
      const gate = textGate(feed.pointer, limits.addressLength);
      return (record, problems) => gate(feed.pull(record, problems), problems);
    });
  const { pull } = whole('address');
  return (record, problems) => {
    const address = pull(record, problems);
    return isNothing(address) ? null : (address as Address);
  };
};
