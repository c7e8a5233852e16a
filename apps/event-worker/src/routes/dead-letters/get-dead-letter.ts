import type { letterRoutes } from '@contact-sync/api-contracts';
import type { RouteHandler } from '@contact-sync/service-kit';
import { type ShowPorts, showLetter } from '../../letters/show-letter.ts';
import { letterView } from './letter-view.ts';

const bytesOf = <Name extends 'key' | 'value'>(name: Name, bytes: Buffer | null | undefined) =>
  bytes === null || bytes === undefined
    ? {}
    : { [name]: { size: bytes.length, base64: bytes.toString('base64') } };

export const getDeadLetter =
  (ports: ShowPorts): RouteHandler<typeof letterRoutes.getDeadLetter> =>
  async ({ params, headers: { authorization = '' } }) => {
    const { entry, record, headers, ...rest } = await showLetter(ports, params.id, authorization);
    return {
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: {
        letter: letterView(entry),
        gone: record === undefined,
        ...bytesOf('key', record?.key),
        ...bytesOf('value', record?.value),
        headers: [...headers],
        ...rest,
      },
    };
  };
