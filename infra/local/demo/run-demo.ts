import type { Platform } from '../platform.ts';
import { createProgress } from '../progress.ts';
import { type Api, logIn } from './api.ts';
import { awaitFates, readFates } from './fates.ts';
import { createReport, type Report } from './report.ts';
import { readPair, renderPair } from './side-by-side.ts';
import { playRun, type Verdict } from './simulator-run.ts';
import { summarize } from './summary.ts';
import { describeAddresses } from './try-it.ts';

/**
 * Plays AcmeCRM against the running platform and says what became of it. What it tells people goes to standard output,
 * or with `json` to standard error, and then the last line of standard output is the result as one JSON object. `ok`
 * where nothing was lost or doubled and exactly the planted deliveries were refused.
 */
export async function runDemo(platform: Platform, options: { json: boolean }): Promise<{ ok: boolean }> {
  const api = await logIn(platform.gatewayUrl, platform.admin);
  const { report, verdict } = await play(platform, api);
  const people = options.json ? process.stderr : process.stdout;
  people.write(`\n${summarize(report, verdict).join('\n')}\n`);
  const pair = await readPair(api, verdict.sampleContactIds);
  if (pair) people.write(`\nContact ${pair.id}\n${renderPair(pair).join('\n')}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else people.write(`\nTry it:\n${describeAddresses(platform, pair?.id).join('\n')}\n\n`);
  return { ok: report.ok };
}

async function play(platform: Platform, api: Api): Promise<{ report: Report; verdict: Verdict }> {
  const workerOpsUrl = platform.opsUrls['event-worker'];
  const before = await readFates(workerOpsUrl);
  const progress = createProgress();
  const verdict = await progress.step('Demo', (detail) => playRun(api, detail));
  const fates = await awaitFates(workerOpsUrl, before, verdict.accepted - verdict.duplicates);
  return { report: createReport(verdict, fates, platform.startupSeconds), verdict };
}
