import { type ChildProcess, spawn } from 'node:child_process';

// Reads on standard input until our end of the pipe closes; a signal to the group of the tests passes it by.
const watchScript = `trap '' TERM INT HUP; read -r _; kill -9 "$1"; [ -z "$2" ] || rm -rf "$2"`;

/** Has `child` killed and `folder` removed when this process goes away, be it by SIGKILL, and the child frozen. */
export const endWithUs = (child: ChildProcess, folder = ''): void => {
  const watcher = spawn('/bin/sh', ['-c', watchScript, 'sh', String(child.pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.once('exit', () => watcher.kill('SIGKILL'));
};
