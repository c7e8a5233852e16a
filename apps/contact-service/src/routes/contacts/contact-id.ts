import type { FastifyRequest } from 'fastify';

type Params = { id?: string };

/** Ids are read in any case and written in lower case (design section 2). */
export const idInLowerCase = async (request: FastifyRequest): Promise<void> => {
  const params = request.params as Params;
  if (params.id !== undefined) params.id = params.id.toLowerCase();
};
