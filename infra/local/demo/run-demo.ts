import type { Verdict } from '@contact-sync/api-contracts';
import { type Client, createClient } from '@contact-sync/client';
import type { Platform } from '../platform.ts';
import { createProgress } from '../progress.ts';
import { inWords } from './in-words.ts';
import { createReport, type Report } from './report.ts';
import { readPair, renderPair } from './side-by-side.ts';
import { playRun } from './simulator-run.ts';
import { summarize } from './summary.ts';
import { describeAddresses, tryIt } from './try-it.ts';

/**
 * Plays AcmeCRM against the running platform and says what became of it. What it tells people goes to standard output,
 * or with `json` to standard error, and then the last line of standard output is the result as one JSON object. `ok`
 * where nothing was lost or doubled and exactly the planted deliveries were refused.
 */
export async function runDemo(platform: Platform, options: { json: boolean }): Promise<{ ok: boolean }> {
  const api = createClient({ baseUrl: platform.gatewayUrl, credentials: platform.admin });
  const { report, verdict } = await inWords(() => play(platform, api));
  const people = options.json ? process.stderr : process.stdout;
  people.write(`\n${summarize(report, verdict).join('\n')}\n`);
  const pair = await inWords(() => readPair(api, verdict.sampleContactIds));
  if (pair) people.write(`\nContact ${pair.id}\n${renderPair(pair).join('\n')}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else people.write(`\n${describeAddresses(platform).join('\n')}\n\n${tryIt(platform).join('\n')}\n\n`);
  return { ok: report.ok };
}

async function play(platform: Platform, api: Client): Promise<{ report: Report; verdict: Verdict }> {
  const progress = createProgress();
  const verdict = await progress.step('Demo', (detail) => playRun(api, detail));
  return { report: createReport(verdict, platform.startupSeconds), verdict };
}
