import { Faker } from '@faker-js/faker';
import { faker as arabic } from '@faker-js/faker/locale/ar';
import { faker as german } from '@faker-js/faker/locale/de';
import { faker as british } from '@faker-js/faker/locale/en_GB';
import { faker as american } from '@faker-js/faker/locale/en_US';
import { faker as french } from '@faker-js/faker/locale/fr';
import { faker as japanese } from '@faker-js/faker/locale/ja';
import { faker as polish } from '@faker-js/faker/locale/pl';

/** Where a contact lives: names and addresses in its own script, the address as one flat line as written there. */
export type Place = {
  readonly locale: Faker;
  readonly weight: number;
  readonly flatAddress: (faker: Faker) => string;
};

const abroad =
  (country: string) =>
  ({ location }: Faker): string =>
    `${location.streetAddress()}, ${location.zipCode()} ${location.city()}, ${country}`;

const inTheStates = ({ location, datatype }: Faker): string => {
  const street = location.streetAddress({ useFullAddress: datatype.boolean(0.2) });
  const state = location.state({ abbreviated: true });
  const country = datatype.boolean(0.7) ? ', USA' : '';
  return `${street}, ${location.city()}, ${state} ${location.zipCode('#####')}${country}`;
};

const inBritain = ({ location }: Faker): string =>
  `${location.streetAddress()}, ${location.city()}, ${location.zipCode()}, United Kingdom`;

const inJapan = ({ location }: Faker): string =>
  `〒${location.zipCode()} ${location.state()}${location.city()}${location.streetAddress()}`;

/** Half of the contacts are in the United States; the rest is what a flat address and a name can be elsewhere. */
export const places: readonly Place[] = [
  { locale: american, weight: 10, flatAddress: inTheStates },
  { locale: british, weight: 3, flatAddress: inBritain },
  { locale: german, weight: 2, flatAddress: abroad('Deutschland') },
  { locale: french, weight: 2, flatAddress: abroad('France') },
  { locale: polish, weight: 1, flatAddress: abroad('Polska') },
  { locale: japanese, weight: 1, flatAddress: inJapan },
  { locale: arabic, weight: 1, flatAddress: abroad('مصر') },
];

/** A source of data of its own: the same place and seed give the same sequence, whatever else is generated. */
export const fakerOf = (place: Place, seed: number): Faker =>
  new Faker({ locale: place.locale.rawDefinitions, seed });
