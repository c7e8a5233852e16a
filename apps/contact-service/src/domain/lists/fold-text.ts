// Neither composition nor accents: most texts, for which lower case is all.
const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** Two texts that fold to the same differ in case or in the way their accents are composed at most. */
export const foldText = (text: string): string =>
  isPlain(text) ? text.toLowerCase() : text.normalize('NFC').toLowerCase().toWellFormed();

/** As {@link foldText}, and accents do not part people of one name either. Holds no NUL. */
export const foldName = (name: string): string =>
  isPlain(name)
    ? name.toLowerCase()
    : name
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .toLowerCase()
        .toWellFormed()
        .replaceAll('\u0000', ' ');
