type Spelling = readonly [sent: string | null, shown: string | null];

/** As they come, and as RFC 3339 in UTC (design section 2, "What we take, and how"). */
export const oddTimes: readonly [Spelling, ...Spelling[]] = [
  ['2024-05-01T10:00:00.000+0000', '2024-05-01T10:00:00.000Z'],
  ['2024-05-01T12:30:00+0230', '2024-05-01T10:00:00Z'],
  ['2024-05-01T08:00:00-02', '2024-05-01T10:00:00Z'],
  ['2024-05-01 10:00:00Z', '2024-05-01T10:00:00Z'],
  ['2024-05-01T10:00:00', '2024-05-01T10:00:00Z'],
  ['2024-05-01', '2024-05-01T00:00:00Z'],
  ['', null],
  [null, null],
];

export const oddEmails: readonly [Spelling, ...Spelling[]] = [
  [' ada@example.com', 'ada@example.com'],
  ['\u200eada+tag@example.com\u200f', 'ada+tag@example.com'],
  ['ADA@EXAMPLE.COM', 'ADA@EXAMPLE.COM'],
  ["o'brien@sub.example.co.uk", "o'brien@sub.example.co.uk"],
  ['用户@例え.テスト', '用户@例え.テスト'],
];

export const oddPhones: readonly [Spelling, ...Spelling[]] = [
  ['(415) 555-2671', '(415) 555-2671'],
  ['\u202d+1 415 555 2671\u202c', '+1 415 555 2671'],
  ['+49 (0)30 901820', '+49 (0)30 901820'],
  ['415.555.2671', '415.555.2671'],
  ['12', '12'],
  ['call the front desk', 'call the front desk'],
  ['', null],
  ['  +44 20 7946 0958 ', '+44 20 7946 0958'],
];

export const oddAddresses: readonly [string | null, ...(string | null)[]] = [
  '12 Rue de la Paix\n75002 Paris\nFrance',
  'P.O. Box 1234, Springfield',
  'c/o Müller, Hinterhof 3. OG',
  '1600 Pennsylvania Ave NW, Washington, DC 20500',
  ',,,',
  '〒100-8111 東京都千代田区千代田1-1',
  null,
  '123 Main St Apt 4B, San Francisco, CA 94105-1234, USA',
];
