const names: { readonly [code: string]: string } = {
  AL: 'ALABAMA',
  AK: 'ALASKA',
  AZ: 'ARIZONA',
  AR: 'ARKANSAS',
  CA: 'CALIFORNIA',
  CO: 'COLORADO',
  CT: 'CONNECTICUT',
  DE: 'DELAWARE',
  DC: 'DISTRICT OF COLUMBIA',
  FL: 'FLORIDA',
  GA: 'GEORGIA',
  HI: 'HAWAII',
  ID: 'IDAHO',
  IL: 'ILLINOIS',
  IN: 'INDIANA',
  IA: 'IOWA',
  KS: 'KANSAS',
  KY: 'KENTUCKY',
  LA: 'LOUISIANA',
  ME: 'MAINE',
  MD: 'MARYLAND',
  MA: 'MASSACHUSETTS',
  MI: 'MICHIGAN',
  MN: 'MINNESOTA',
  MS: 'MISSISSIPPI',
  MO: 'MISSOURI',
  MT: 'MONTANA',
  NE: 'NEBRASKA',
  NV: 'NEVADA',
  NH: 'NEW HAMPSHIRE',
  NJ: 'NEW JERSEY',
  NM: 'NEW MEXICO',
  NY: 'NEW YORK',
  NC: 'NORTH CAROLINA',
  ND: 'NORTH DAKOTA',
  OH: 'OHIO',
  OK: 'OKLAHOMA',
  OR: 'OREGON',
  PA: 'PENNSYLVANIA',
  RI: 'RHODE ISLAND',
  SC: 'SOUTH CAROLINA',
  SD: 'SOUTH DAKOTA',
  TN: 'TENNESSEE',
  TX: 'TEXAS',
  UT: 'UTAH',
  VT: 'VERMONT',
  VA: 'VIRGINIA',
  WA: 'WASHINGTON',
  WV: 'WEST VIRGINIA',
  WI: 'WISCONSIN',
  WY: 'WYOMING',
  AS: 'AMERICAN SAMOA',
  GU: 'GUAM',
  MP: 'NORTHERN MARIANA ISLANDS',
  PR: 'PUERTO RICO',
  VI: 'VIRGIN ISLANDS',
  AA: 'ARMED FORCES AMERICAS',
  AE: 'ARMED FORCES EUROPE',
  AP: 'ARMED FORCES PACIFIC',
};

const codes: ReadonlyMap<string, string> = new Map(
  Object.entries(names).flatMap(([code, name]) => [
    [code, code],
    [name, code],
  ]),
);

/** The two-letter code of a state, district, territory or military area, by code or name in any case. */
export const stateCode = (text: string): string | undefined =>
  codes.get(text.toUpperCase().replaceAll('.', ''));

/**
 * First three digits of the ZIP codes of those states whose code is also a country with five-digit postcodes (Germany,
 * Indonesia, Israel, Laos, Morocco, Montenegro, Mongolia, New Caledonia, Sudan, the Vatican, Colombia as often
 * written): ", DE 10115" is Berlin, ", DE 19901" is Dover.
 */
const zipRanges: { readonly [code: string]: readonly (readonly [from: number, to: number])[] } = {
  CO: [[800, 816]],
  DE: [[197, 199]],
  ID: [[832, 838]],
  IL: [[600, 629]],
  LA: [[700, 714]],
  MA: [
    [10, 27],
    [55, 55],
  ],
  ME: [[39, 49]],
  MN: [[550, 567]],
  NC: [[270, 289]],
  SD: [[570, 577]],
  VA: [
    [201, 201],
    [220, 246],
  ],
};

/** Whether a state and a ZIP code, with no country named, can only mean the United States. */
export const isSurelyUs = (code: string, zipCode: string): boolean => {
  const ranges = zipRanges[code];
  const prefix = Number(zipCode.slice(0, 3));
  return !ranges || ranges.some(([from, to]) => prefix >= from && prefix <= to);
};
