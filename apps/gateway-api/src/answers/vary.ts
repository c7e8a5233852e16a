import type { FastifyReply } from 'fastify';

/** Says that an answer depends on a header of its request (RFC 9110 section 12.5.5), beside those it names already. */
export const addVary = (reply: FastifyReply, name: string): void => {
  const present = reply.getHeader('vary');
  if (present === undefined) {
    reply.header('vary', name);
    return;
  }
  const named = [present]
    .flat()
    .flatMap((names) => String(names).split(','))
    .map((known) => known.trim().toLowerCase());
  if (!named.includes('*') && !named.includes(name)) reply.header('vary', [...named, name].join(', '));
};
