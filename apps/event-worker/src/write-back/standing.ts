/**
 * Tells a contact's own failure from one that all have (design rule 8): once more than so many contacts in a row have
 * failed, with no success between them, it is not the contacts.
 */
export const createStanding = ({ mostInARow }: { readonly mostInARow: number }) => {
  const failed = new Set<string>();
  return {
    succeeded: (): void => failed.clear(),
    /** Whether the failure may be the contact's own. */
    failed: (contactId: string): boolean => {
      failed.add(contactId);
      return failed.size <= mostInARow;
    },
  };
};

export type Standing = ReturnType<typeof createStanding>;
