/** Notes as people write them: long, in several scripts, with marks and signs that careless code breaks. */
export const sentences: readonly string[] = [
  'Prefers calls before 10:00; never on Fridays.',
  'Met at the trade fair, wants a quote for 40 seats “by end of month”.',
  'Rechnung bitte an die Zentrale – Straße & Hausnummer prüfen.',
  'Le contact préfère être joint par courriel ; voir l’échange précédent.',
  'お客様は次の更新までに見積もりを希望しています。',
  'العميل يفضل التواصل صباحاً',
  'Combining marks: Zoe\u0301 and Zo\u00e9 are two spellings. 👩‍👩‍👧‍👦 🇪🇺',
  '{"looks":"like JSON"} <b>and like HTML</b> \\ and a back\\slash; DROP TABLE contacts; --',
  'Tab\tseparated\tvalues, a “quote”, and a trailing ellipsis…',
  'Renewal is due in Q3. '.repeat(12).trimEnd(),
];
