import type { FastifyReply } from 'fastify';

const asItIs = (json: string): string => json;

/** Sends JSON that is text already. */
export const sendJson = (reply: FastifyReply, json: string): FastifyReply =>
  reply.header('content-type', 'application/json; charset=utf-8').serializer(asItIs).send(json);
