/**
 * The commonest passwords of twelve characters or more, of published lists, without regard to case. Short on purpose: it
 * spares the first guesses of an attacker, and the delay of bad tries does the rest.
 */
const commonest = new Set([
  ...['123456789012', '1234567890123', '12345678901234', '123456789101112', '123123123123', '121212121212'],
  ...['111111111111', '000000000000', '112233445566', '123456123456', '987654321098', '098765432109'],
  ...[
    'password1234',
    'password12345',
    'password123456',
    'passwordpassword',
    'passw0rdpassw0rd',
    'mypassword123',
  ],
  ...['p@ssw0rd1234', 'p@ssword1234', 'changeme1234', 'changemechangeme', 'letmeinletmein', 'letmein12345'],
  ...['qwertyuiop12', 'qwertyuiop123', 'qwertyuiop[]', 'qwertyqwerty', 'qwerty123456', 'qwertyuiopas'],
  ...[
    'qwertyuiopasdfghjkl',
    'qwertyuiopasdfghjklzxcvbnm',
    '1q2w3e4r5t6y',
    '1qaz2wsx3edc',
    '1qaz2wsx3edc4rfv',
  ],
  ...[
    'q1w2e3r4t5y6',
    'asdfghjkl123',
    'asdfghjklasdfghjkl',
    'zxcvbnm12345',
    'abcdefghijkl',
    'abcdefghijklmnop',
  ],
  ...['abc123abc123', 'aaaaaaaaaaaa', 'iloveyou1234', 'iloveyouforever', 'administrator', 'administrator1'],
  ...['admin1234567', 'adminadminadmin', 'welcome12345', 'welcome123456', 'trustno1trustno1', 'unbelievable'],
  ...['thisisapassword', 'thisismypassword', 'correcthorsebatterystaple', 'correct horse battery staple'],
]);

export const isCommonPassword = (password: string): boolean => commonest.has(password.toLowerCase());
