import type { mirrorRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import type { MirrorWalk } from '../ports.ts';
import { type BornHerePorts, listBornHere } from '../use-cases/list-born-here.ts';
import { listMirrors, readMirrorVersions } from '../use-cases/read-mirrors.ts';
import { pageOf } from './contacts/page-of.ts';

/** For the sweep (design section 6): what is held of AcmeCRM, to be compared with what AcmeCRM has. */
export const mirrorHandlers = (
  ports: BornHerePorts & { readonly walk: MirrorWalk },
): RouteHandlers<typeof mirrorRoutes> => ({
  getMirrorVersions: async ({ body: { acmeIds } }) => ({
    status: 200,
    body: {
      versions: await readMirrorVersions(ports.store, acmeIds),
      contacts: await ports.store.count(),
    },
  }),
  listMirrors: async ({ query: { cursor } }) => ({
    status: 200,
    body: pageOf(await listMirrors(ports, cursor)),
  }),
  listBornHere: async ({ query: { cursor } }) => ({
    status: 200,
    body: pageOf(await listBornHere(ports, cursor)),
  }),
});
