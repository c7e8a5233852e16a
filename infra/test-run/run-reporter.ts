import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Reporter, SerializedError, TestModule, TestRunEndReason, Vitest } from 'vitest/node';
import { describeTimes } from './describe-times.ts';
import { recordRun, spanKey } from './run-record.ts';

/** Ends a run with the time of its projects and slowest files, and leaves its {@link RunRecord} for CI. */
export class RunReporter implements Reporter {
  #vitest: Vitest | undefined;
  readonly #spans = new Map<string, { startedAt: number; endedAt: number }>();
  readonly #recordFile: string;

  /** `recordFile` is relative to the root of the run. */
  constructor(recordFile: string) {
    this.#recordFile = recordFile;
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestModuleQueued(module: TestModule): void {
    this.#spans.set(spanKey(module), { startedAt: process.uptime(), endedAt: process.uptime() });
  }

  onTestModuleEnd(module: TestModule): void {
    const span = this.#spans.get(spanKey(module));
    if (span !== undefined) span.endedAt = process.uptime();
  }

  async onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly SerializedError[],
    reason: TestRunEndReason,
  ): Promise<void> {
    const root = this.#vitest?.config.root ?? process.cwd();
    const record = recordRun(root, { modules, unhandledErrors, reason, spans: this.#spans });
    const file = resolve(root, this.#recordFile);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(record));
    for (const line of describeTimes(record.files)) this.#vitest?.logger.log(line);
  }
}
