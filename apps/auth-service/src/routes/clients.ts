import { clientRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import type { MachineClient } from '../domain/machine-client.ts';
import type { ClientWithSecret, ManageClients } from '../use-cases/manage-clients.ts';
import { adminOf } from './admin-of.ts';
import { idOfCursor, pageOf } from './id-cursor.ts';

const noStore = { 'cache-control': 'no-store' } as const;

const toAnswer = ({ id, audiences, scopes, oldSecret }: Omit<MachineClient, 'epoch'>) => ({
  id,
  audiences: [...audiences],
  scopes: [...scopes],
  ...(oldSecret &&
    oldSecret.until * 1_000 > Date.now() && {
      oldSecretUntil: new Date(oldSecret.until * 1_000).toISOString(),
    }),
});

const withSecret = ({ client, secret }: ClientWithSecret) => ({ client: toAnswer(client), secret });

/** `/api/v1/clients` (contracts.md, "Sessions"). */
export const clientHandlers = (clients: ManageClients): RouteHandlers<typeof clientRoutes> => ({
  listMachineClients: async ({ query: { limit, cursor } }) => ({
    status: 200,
    body: pageOf(await clients.list({ limit, after: idOfCursor(cursor) }), toAnswer),
  }),
  createMachineClient: async (request) => {
    const made = await clients.create(adminOf(request), request.body);
    const location = `${clientRoutes.createMachineClient.path}/${made.client.id}`;
    return { status: 201, headers: { ...noStore, location }, body: withSecret(made) };
  },
  getMachineClient: async ({ params }) => ({ status: 200, body: toAnswer(await clients.get(params.id)) }),
  changeMachineClient: async (request) => {
    const { params, body } = request;
    return { status: 200, body: toAnswer(await clients.change(adminOf(request), params.id, body)) };
  },
  rotateClientSecret: async (request) => {
    const { params, body } = request;
    const rotated = await clients.rotateSecret(adminOf(request), params.id, body.overlapSeconds);
    return { status: 200, headers: noStore, body: withSecret(rotated) };
  },
  deleteMachineClient: async (request) => {
    await clients.delete(adminOf(request), request.params.id);
    return { status: 204 };
  },
});
