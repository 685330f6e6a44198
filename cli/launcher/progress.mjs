/**
 * @typedef {object} Progress
 * @property {<T>(label: string, work: () => Promise<T>) => Promise<T>} run shows a step while it lasts
 * @property {(text: string) => void} line
 */

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMs = 100;
const plainEveryMs = 15_000;

/**
 * Shows what is being done: a spinner with seconds on a terminal, plain lines elsewhere.
 * @param {{ stream?: NodeJS.WriteStream, now?: () => number }} [options]
 * @returns {Progress}
 */
export function createProgress({ stream = process.stdout, now = () => performance.now() } = {}) {
  const isLive = stream.isTTY && process.env['CI'] === undefined;
  /** @type {Map<string, number>} */
  const running = new Map();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  let frame = 0;

  /** @param {string} label */
  const seconds = (label) => ((now() - (running.get(label) ?? now())) / 1_000).toFixed(1);
  const clear = () => void (isLive && stream.write('\r\x1b[2K'));
  const draw = () => {
    frame += 1;
    const steps = [...running.keys()].map((label) => `${label} ${seconds(label)} s`).join(', ');
    const width = (stream.columns ?? 80) - 3;
    if (isLive) stream.write(`\r\x1b[2K${frames[frame % frames.length]} ${steps.slice(0, width)}`);
    else stream.write(`  still working: ${steps}\n`);
  };
  /** @param {string} text */
  const line = (text) => {
    clear();
    stream.write(`${text}\n`);
  };

  return {
    line,
    async run(label, work) {
      running.set(label, now());
      if (!isLive) line(`  ${label} ...`);
      timer ??= setInterval(draw, isLive ? frameMs : plainEveryMs).unref();
      try {
        const result = await work();
        line(`  ${label}: ${seconds(label)} s`);
        return result;
      } finally {
        running.delete(label);
        if (running.size === 0) {
          clearInterval(timer);
          timer = undefined;
          clear();
        }
      }
    },
  };
}
