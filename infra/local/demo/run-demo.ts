import { LaunchError } from '../launch-error.ts';
import type { Platform } from '../platform.ts';

const TIMEOUT_MS = 10_000;

/** Proves that the platform lets its administrator in, and says where everything is. */
export async function runDemo(platform: Platform, options: { json: boolean }): Promise<{ ok: boolean }> {
  const response = await fetch(`${platform.gatewayUrl}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(platform.admin),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new LaunchError(`The gateway does not answer at ${platform.gatewayUrl}.`, { cause });
  });
  const { gatewayUrl, ingestUrl, simulatorUrl, startupSeconds } = platform;
  const report = {
    ok: response.ok,
    loginStatus: response.status,
    gatewayUrl,
    ingestUrl,
    simulatorUrl,
    startupSeconds,
  };
  if (options.json) {
    console.log(JSON.stringify(report));
  } else {
    console.log(
      `login as ${platform.admin.email}: ${response.status}\ngateway ${gatewayUrl}\ningest ${ingestUrl}`,
    );
  }
  return { ok: response.ok };
}
