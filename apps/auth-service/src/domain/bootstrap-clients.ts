import { internalScopes, permissions } from '@contact-sync/api-contracts';
import { type Static, Type } from 'typebox';
import { createJsonReader } from './json-reader.ts';

const BootstrapClient = Type.Object(
  {
    id: Type.String({ pattern: '^[\\w.-]{1,64}$' }),
    secret: Type.String({ minLength: 32, maxLength: 512 }),
    audiences: Type.Array(Type.String({ pattern: '^[\\w.-]{1,64}$' }), { minItems: 1, maxItems: 20 }),
    scopes: Type.Array(Type.Enum([...permissions, ...internalScopes]), { maxItems: 20 }),
  },
  { additionalProperties: false },
);

/** A machine client as the operator declares it (contracts.md, "Settings"). */
export type BootstrapClient = Static<typeof BootstrapClient>;

const readClients = createJsonReader(Type.Array(BootstrapClient, { maxItems: 1_000 }));

/** Reads a JSON list of machine clients. Either no fault, or no client. */
export const readBootstrapClients = (
  text: string,
): { readonly clients: readonly BootstrapClient[]; readonly faults: readonly string[] } => {
  const read = readClients(text);
  if ('faults' in read) return { clients: [], faults: read.faults };
  const clients = read.value;
  const faults = clients.flatMap(({ id }, index) =>
    clients.findIndex((other) => other.id === id) < index ? [`/${index}/id: stands twice`] : [],
  );
  return faults.length > 0 ? { clients: [], faults } : { clients, faults };
};
