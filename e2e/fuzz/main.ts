/**
 * `npm run fuzz`: requests that schemathesis makes of the OpenAPI documents, against a system of its own. `gateway` or
 * `webhook` may be named first; what follows is schemathesis's, such as `-- gateway --include-operation-id getContact`.
 */
import { describeFailure } from '../src/launcher.ts';
import { startSystem } from '../src/system.ts';
import { findSchemathesis, runSchemathesis } from './schemathesis.ts';
import { isTarget, targets } from './targets.ts';

/** The run is longer than a token's usual life, and no limit is to answer in place of a route. */
const settings = {
  'auth-service': { ACCESS_TOKEN_TTL_SECONDS: '3600' },
  'gateway-api': { LIMIT_PER_MINUTE: '10000000', LOGIN_LIMIT_PER_MINUTE: '10000000' },
};

const fuzz = async ([first, ...others]: readonly string[]): Promise<number> => {
  const isNamed = isTarget(first);
  const more = isNamed || first === undefined ? others : [first, ...others];
  const schemathesis = await findSchemathesis();
  await using system = await startSystem(settings);
  let exitCode = 0;
  for (const name of isNamed ? [first] : Object.keys(targets).filter(isTarget)) {
    const { parameters, environment } = await targets[name](system);
    exitCode ||= await runSchemathesis(schemathesis, [...parameters, ...more], environment);
  }
  return exitCode;
};

try {
  process.exitCode = await fuzz(process.argv.slice(2));
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
}
