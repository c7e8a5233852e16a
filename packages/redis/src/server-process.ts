/** What of a client is asked. */
type Client = {
  info(section: 'server'): Promise<string>;
  on(event: 'close', act: () => void): unknown;
};

/**
 * Asks once for each connection which server process it leads to. What is known is forgotten with the connection, so it
 * is never taken for that of a server which stands in the same place later.
 */
export const createServerProcess = (client: Client): (() => string | Promise<string>) => {
  let known: string | undefined;
  let connection = 0;
  client.on('close', () => {
    connection += 1;
    known = undefined;
  });

  const ask = async (): Promise<string> => {
    const asked = connection;
    const info = await client.info('server');
    const [, id] = /^run_id:(\w+)/m.exec(info) ?? [];
    if (id === undefined) throw new Error('the server does not tell its run_id');
    if (asked === connection) known = id;
    return id;
  };
  return () => known ?? ask();
};
