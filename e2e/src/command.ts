import { spawn } from 'node:child_process';

export type CommandOptions = {
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
};

/** Runs a program to its end and gives what it wrote to standard output. Rejects with what it wrote to standard error. */
export const run = (
  program: string,
  parameters: readonly string[],
  { environment = {}, input = '' }: CommandOptions = {},
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { env: { ...process.env, ...environment } });
    let [output, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else
        reject(new Error(`${program} ${parameters.join(' ')} ended with ${code}: ${errors.slice(-2_000)}`));
    });
    child.stdin.end(input);
  });
