import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { compileCache } from '@contact-sync/testing';

/** The command as a process of its own, from its sources, with these settings and nothing else in its environment. */
export const startRemap = (settings: Readonly<Record<string, string>>, ...args: readonly string[]) => {
  const entry = fileURLToPath(new URL('../src/remap.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=source', entry, ...args], {
    env: { ...compileCache(), ...settings },
  });
  const read = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    read.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    read.stderr += text;
  });
  const closed = once(child, 'close');
  return {
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** Once it has ended by itself or by a signal. */
    ended: async () => {
      const [code, signal] = (await closed) as [number | null, NodeJS.Signals | null];
      return { code, signal, ...read };
    },
  };
};
