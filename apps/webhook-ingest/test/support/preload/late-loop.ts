/** Keeps the event loop busy for 450 of every 500 ms, from one SIGWINCH to the next: too much work, without the work. */
const everyMs = 500;
const busyMs = 450;
let timer: NodeJS.Timeout | undefined;

const burn = (): void => {
  const until = performance.now() + busyMs;
  while (performance.now() < until);
};

process.on('SIGWINCH', () => {
  if (timer === undefined) {
    timer = setInterval(burn, everyMs);
  } else {
    clearInterval(timer);
    timer = undefined;
  }
});
