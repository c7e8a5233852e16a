import { v7 } from 'uuid';
import type { BootstrapClient } from '../domain/bootstrap-clients.ts';
import { hashSecret } from '../domain/machine-client.ts';
import { preparePassword } from '../domain/password.ts';
import { normalizeEmail } from '../domain/user.ts';
import type { MachineClients, Passwords, Users } from '../ports.ts';
import { declareClients } from './declare-clients.ts';

export type BootstrapPorts = {
  readonly users: Users;
  readonly clients: MachineClients;
  readonly passwords: Passwords;
};

export type BootstrapPlan = {
  readonly admin: { readonly email: string; readonly password: string } | undefined;
  readonly clients: readonly BootstrapClient[];
};

/**
 * Makes the declared machine clients and, while there is no user at all, the first admin. May run in several copies at
 * once and any number of times: there is one admin, and a client is as declared last.
 */
export const bootstrap = async (
  { users, clients, passwords }: BootstrapPorts,
  plan: BootstrapPlan,
): Promise<{ readonly adminMade: boolean }> => {
  await declareClients(
    clients,
    plan.clients.map(({ id, secret, audiences, scopes }) => ({
      id,
      secretHash: hashSecret(secret),
      audiences,
      scopes,
    })),
  );
  if (!plan.admin || !(await users.isEmpty())) return { adminMade: false };
  const adminMade = await users.createFirst({
    id: v7(),
    email: normalizeEmail(plan.admin.email),
    passwordHash: await passwords.hash(preparePassword(plan.admin.password)),
    roles: ['admin'],
    epoch: 0,
    disabled: false,
    generation: 0,
    createdAt: new Date().toISOString(),
  });
  return { adminMade };
};
