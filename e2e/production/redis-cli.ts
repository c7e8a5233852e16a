/** `redis-cli -u URL COMMAND…`, for machines that have a server and no client: says the answer, ends with 1 at an error. */
import { askRedis } from '@contact-sync/launcher/servers/redis-answer.ts';

const [flag, url = '', ...command] = process.argv.slice(2);
if (flag !== '-u' || command.length === 0) throw new Error('usage: redis-cli -u URL COMMAND…');
const { username, password } = new URL(url);
const reply = await askRedis(url, `AUTH ${username} ${password}\r\n${command.join(' ')}`);
const [, answer = ''] = reply.split('\r\n');
process.stdout.write(`${answer}\n`);
if (answer.startsWith('-') || answer === '') process.exitCode = 1;
