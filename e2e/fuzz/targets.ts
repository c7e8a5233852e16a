import { fileURLToPath } from 'node:url';
import { createClient } from '@contact-sync/client';
import type { System } from '../src/system.ts';

/** What schemathesis is told of a target beside the checks. */
type Target = {
  readonly parameters: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
};

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

const document = (name: string): string => pathOf(`../../docs/openapi/${name}.json`);

/** What is asked, by the name of its document: the gateway by an admin, ingest by somebody who signs as AcmeCRM does. */
export const targets = {
  gateway: async ({ gatewayUrl, admin }: System): Promise<Target> => {
    const { body } = await createClient({ baseUrl: gatewayUrl }).logIn({ body: admin });
    const authorization = `Authorization: Bearer ${body.accessToken}`;
    return {
      parameters: [document('gateway'), '--url', gatewayUrl, '--header', authorization],
      environment: {},
    };
  },
  webhook: async ({ ingestUrl, acmeSecret }: System): Promise<Target> => ({
    parameters: [document('webhook'), '--url', ingestUrl],
    environment: { ACME_SECRET: acmeSecret, SCHEMATHESIS_HOOKS: pathOf('./sign_deliveries.py') },
  }),
};

export const isTarget = (name: string | undefined): name is keyof typeof targets =>
  name !== undefined && Object.hasOwn(targets, name);
