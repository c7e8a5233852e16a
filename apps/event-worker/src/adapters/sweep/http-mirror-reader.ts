import {
  type BornHere,
  type KnownMirror,
  type MirrorVersion,
  mirrorRoutes,
} from '@contact-sync/api-contracts';
import { compileCheck } from '@contact-sync/service-kit';
import type { MirrorReader } from '../../sweep/ports.ts';
import { answerOf, callInternal, type Peer, unexpectedAnswer } from '../internal-caller.ts';

const { getMirrorVersions, listMirrors, listBornHere } = mirrorRoutes;
const checkVersions = compileCheck(getMirrorVersions.answers[200].body);
const checkPage = compileCheck(listMirrors.answers[200].body);
const checkBornHere = compileCheck(listBornHere.answers[200].body);

type Versions = { readonly versions: readonly MirrorVersion[]; readonly contacts: number };
type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor?: string };

const withCursor = (path: string, cursor: string | undefined): string =>
  cursor === undefined ? path : `${path}?${new URLSearchParams({ cursor })}`;

/**
 * contact-service's internal routes about mirrors, called with a machine token. `contacts` is how many contacts there were
 * when versions were asked for last; none before the first time.
 */
export const createHttpMirrorReader = (peer: Peer): MirrorReader & { readonly contacts: () => number } => {
  let contacts = 0;
  return {
    contacts: () => contacts,
    versions: async (acmeIds) => {
      const { method, path } = getMirrorVersions;
      const response = await callInternal(peer, { method, path, json: { acmeIds } });
      const answer = answerOf<Versions>(peer, response, checkVersions);
      if (answer.versions.length !== acmeIds.length) throw unexpectedAnswer(peer, response);
      contacts = answer.contacts;
      return answer.versions;
    },
    list: async (cursor) => {
      const { method, path } = listMirrors;
      const response = await callInternal(peer, { method, path: withCursor(path, cursor) });
      return answerOf<Page<KnownMirror>>(peer, response, checkPage);
    },
    bornHere: async (cursor) => {
      const { method, path } = listBornHere;
      const response = await callInternal(peer, { method, path: withCursor(path, cursor) });
      return answerOf<Page<BornHere>>(peer, response, checkBornHere);
    },
  };
};
