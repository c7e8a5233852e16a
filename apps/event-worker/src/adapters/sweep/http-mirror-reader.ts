import { type KnownMirror, type MirrorVersion, mirrorRoutes } from '@contact-sync/api-contracts';
import { compileCheck } from '@contact-sync/service-kit';
import type { MirrorReader } from '../../sweep/ports.ts';
import { callInternal, type Peer, unexpectedAnswer } from '../internal-caller.ts';

const { getMirrorVersions, listMirrors } = mirrorRoutes;
const checkVersions = compileCheck(getMirrorVersions.answers[200].body);
const checkPage = compileCheck(listMirrors.answers[200].body);

/** contact-service's internal routes about mirrors, called with a machine token. */
export const createHttpMirrorReader = (peer: Peer): MirrorReader => ({
  versions: async (acmeIds) => {
    const { method, path } = getMirrorVersions;
    const response = await callInternal(peer, { method, path, json: { acmeIds } });
    if (response.status !== 200 || checkVersions(response.json).length > 0)
      throw unexpectedAnswer(peer, response);
    const { versions } = response.json as { readonly versions: readonly MirrorVersion[] };
    if (versions.length !== acmeIds.length) throw unexpectedAnswer(peer, response);
    return versions;
  },
  list: async (cursor) => {
    const { method, path } = listMirrors;
    const query = cursor === undefined ? '' : `?${new URLSearchParams({ cursor })}`;
    const response = await callInternal(peer, { method, path: `${path}${query}` });
    if (response.status !== 200 || checkPage(response.json).length > 0)
      throw unexpectedAnswer(peer, response);
    return response.json as { readonly items: readonly KnownMirror[]; readonly nextCursor?: string };
  },
});
