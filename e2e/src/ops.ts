import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compileCache } from '@contact-sync/testing';
import type { System } from './system.ts';

const entry = fileURLToPath(new URL('../../infra/ops/main.ts', import.meta.url));

/** How the command ended, with all that it said. */
export type OpsResult = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** `npm run ops -- …` as an operator of that system. */
export const runOps = (
  { gatewayUrl, admin }: Pick<System, 'gatewayUrl' | 'admin'>,
  ...args: readonly string[]
): Promise<OpsResult> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--conditions=source', entry, ...args],
      {
        env: {
          PATH: process.env['PATH'],
          ...compileCache(),
          GATEWAY_URL: gatewayUrl,
          OPS_EMAIL: admin.email,
          OPS_PASSWORD: admin.password,
        },
        timeout: 120_000,
      },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
