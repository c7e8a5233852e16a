import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer, Question, Tasks } from './serve-tasks.ts';

/** A process of the bench's own: a ceiling, or what makes the load. */
export type Child<Served extends Tasks> = {
  readonly pid: number;
  /** Rejects with what the task threw, and when the process ends before it has answered. */
  ask<Name extends keyof Served & string>(
    name: Name,
    ...argument: Parameters<Served[Name]>
  ): Promise<Awaited<ReturnType<Served[Name]>>>;
};

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const endProcess = async (child: ChildProcess): Promise<void> => {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

/**
 * Starts a module that serves `Served` in a process of its own, under the same Node as the services and with these flags
 * alone, so packages are the built ones. It ends with `cleanUp`, and with this process, however that ends.
 */
export const startChild = async <Served extends Tasks>(
  module: URL,
  cleanUp: AsyncDisposableStack,
  flags: readonly string[] = [],
): Promise<Child<Served>> => {
  const script = fileURLToPath(module);
  const child = fork(script, [], {
    execArgv: [...flags],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  cleanUp.defer(() => endProcess(child));
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let asked = 0;
  child.on('message', (message) => {
    const answer = message as Answer;
    const question = open.get(answer.id);
    open.delete(answer.id);
    if ('fault' in answer) question?.reject(new Error(`${basename(script)}: ${answer.fault}`));
    else question?.resolve(answer.value);
  });
  child.on('exit', (code, signal) => {
    const error = new Error(`${basename(script)} ended (${signal ?? `exit code ${code}`})`);
    for (const question of open.values()) question.reject(error);
  });
  await once(child, 'spawn');
  return {
    pid: child.pid ?? 0,
    ask: (name, ...argument) => {
      const question = Promise.withResolvers<unknown>();
      asked += 1;
      open.set(asked, question);
      child.send({ id: asked, name, argument } satisfies Question);
      return question.promise as Promise<never>;
    },
  };
};
