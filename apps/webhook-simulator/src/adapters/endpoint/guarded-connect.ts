import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { mayDial, type Target } from './target.ts';

export type Resolve = (
  host: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const refusal = ({ origin }: Target): NodeJS.ErrnoException =>
  Object.assign(new Error(`${origin} leads to an address that it may not lead to`), { code: 'EHOSTUNREACH' });

/** Resolves once and hands the very addresses that were judged to the socket, so that no second answer is dialled. */
const pinnedLookup =
  (target: Target, resolve: Resolve): LookupFunction =>
  (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const isFit = addresses?.length > 0 && addresses.every(({ address }) => mayDial(target, address));
      const fault = error ?? (isFit ? null : refusal(target));
      const [first] = addresses ?? [];
      if (options.all) callback(fault, fault ? [] : addresses);
      else callback(fault, fault ? '' : (first?.address ?? ''), first?.family);
    });
  };

/**
 * Connects to the target alone, and only where the address that is dialled is one that it may lead to (reliability, case
 * 38). Refuses before it connects.
 */
export const guardedConnect = (
  target: Target,
  { timeoutMs, resolve = lookup }: { readonly timeoutMs: number; readonly resolve?: Resolve },
): buildConnector.connector => {
  const connect = buildConnector({ timeout: timeoutMs, lookup: pinnedLookup(target, resolve) });
  return (options, callback) => {
    const isSame = options.hostname.replace(/^\[|\]$/g, '') === target.host;
    // A socket asks no resolver for what is an address already.
    const isFit = isSame && (isIP(target.host) === 0 || mayDial(target, target.host));
    if (isFit) connect(options, callback);
    else callback(refusal(target), null);
  };
};
