/**
 * `npm run fuzz`: requests that schemathesis makes of the OpenAPI document, against the gateway of a system of its own.
 * What follows is schemathesis's, such as `-- --include-operation-id listContacts --seed 7`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createClient } from '@contact-sync/client';
import { describeFailure } from '../src/launcher.ts';
import { startSystem } from '../src/system.ts';
import { findSchemathesis } from './schemathesis.ts';

const document = fileURLToPath(new URL('../../docs/openapi/gateway.json', import.meta.url));

const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'response_headers_conformance',
];

/** The run is longer than a token's usual life, and no limit is to answer in place of a route. */
const settings = {
  'auth-service': { ACCESS_TOKEN_TTL_SECONDS: '3600' },
  'gateway-api': { LIMIT_PER_MINUTE: '10000000', LOGIN_LIMIT_PER_MINUTE: '10000000' },
};

const fuzz = async (more: readonly string[]): Promise<number> => {
  const { python, folder } = await findSchemathesis();
  await using system = await startSystem(settings);
  const { body } = await createClient({ baseUrl: system.gatewayUrl }).logIn({ body: system.admin });
  const parameters = [
    ['-m', 'schemathesis.cli', 'run', document, '--url', system.gatewayUrl],
    ['--header', `Authorization: Bearer ${body.accessToken}`, '--checks', checks.join()],
    ['--max-examples', '200', '--seed', '1', '--continue-on-failure', '--warnings', 'off', '--no-color'],
  ];
  const environment = { ...process.env, PYTHONPATH: folder };
  const run = spawn(python, [...parameters.flat(), ...more], { stdio: 'inherit', env: environment });
  const [exitCode] = await once(run, 'exit');
  return exitCode ?? 1;
};

try {
  process.exitCode = await fuzz(process.argv.slice(2));
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
}
