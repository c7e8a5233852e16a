import { createInterface } from 'node:readline';
import type { Run } from './run.ts';

export interface ToolOptions {
  cwd?: string;
  environment?: NodeJS.ProcessEnv;
  onLine?: (line: string) => void;
}

export interface ToolResult {
  /** Undefined when the command could not be started or was ended by a signal. */
  exitCode: number | undefined;
  /** Standard output and error, in the order in which the lines came. */
  output: string;
}

/** Runs a command of this run to its end and collects what it says. Never rejects because of the command. */
export function runTool(
  run: Run,
  command: string,
  parameters: readonly string[],
  options: ToolOptions = {},
): Promise<ToolResult> {
  return new Promise((resolve) => {
    const child = run.spawn(command, parameters, options);
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        options.onLine?.(line);
      });
    }
    child.once('error', (error) => {
      lines.push(error.message);
      resolve({ exitCode: undefined, output: lines.join('\n') });
    });
    child.once('close', (code) => resolve({ exitCode: code ?? undefined, output: lines.join('\n') }));
  });
}
