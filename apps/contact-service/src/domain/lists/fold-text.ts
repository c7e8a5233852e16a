/** Two texts that fold to the same differ in case or in the way their accents are composed at most. */
export const foldText = (text: string): string => text.normalize('NFC').toLowerCase().toWellFormed();

/** As {@link foldText}, and accents do not part people of one name either. Holds no NUL. */
export const foldName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .toWellFormed()
    .replaceAll('\u0000', ' ');
