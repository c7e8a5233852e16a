import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from './program.ts';

const unused = () => {
  throw new Error('no API is asked for this');
};

const run = async (...args: string[]) => {
  const became: [string, string, readonly string[]][] = [];
  const program = createProgram({
    becomeService: async (service, entry, given) => void became.push([service, entry, given]),
    api: unused,
    terminal: { result: unused, progress: unused, clear: unused },
    pause: async () => undefined,
    signal: new AbortController().signal,
    fail: unused,
  });
  program.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  await program.parseAsync(args, { from: 'user' });
  return became;
};

describe('npm run ops', () => {
  it('hands the options of remap on as they are, its --help among them', async () => {
    expect(await run('remap', '--dry-run', '--rate', '50', '--json')).toEqual([
      ['contact-service', 'remap.ts', ['--dry-run', '--rate', '50', '--json']],
    ]);
    expect(await run('remap', '--help')).toEqual([['contact-service', 'remap.ts', ['--help']]]);
  });

  it.each([[[]], [['rempa']], [['--loud']]])('refuses %j', async (args) => {
    await expect(run(...args)).rejects.toThrow(CommanderError);
  });
});
