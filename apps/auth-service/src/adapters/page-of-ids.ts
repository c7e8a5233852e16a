/**
 * A page of ids in their order, after `after`. Of some thousand ids, as there are users and clients, all are read for each
 * page: a second index to keep in step would cost more than it saves.
 */
export const pageOfIds = (
  all: readonly string[],
  limit: number,
  after: string | undefined,
): { readonly ids: readonly string[]; readonly next?: string } => {
  const rest = all.filter((id) => after === undefined || id > after).sort();
  const ids = rest.slice(0, limit);
  const last = ids.at(-1);
  return { ids, ...(rest.length > ids.length && last !== undefined && { next: last }) };
};
