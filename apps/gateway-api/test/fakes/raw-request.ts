import { once } from 'node:events';
import { connect } from 'node:net';

/** Sends bytes as they are to 127.0.0.1 and gives what comes back until the other side closes. */
export const rawRequest = async (port: number, bytes: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    answer += chunk;
  });
  // A reset after the answer is an end too.
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
};
