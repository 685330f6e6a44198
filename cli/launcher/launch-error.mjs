/** A failure that the person at the terminal can act on: shown as plain lines, without a stack. */
export class LaunchError extends Error {
  /** @param {string} message @param {{ cause?: unknown }} [options] */
  constructor(message, options) {
    super(message, options);
    this.name = 'LaunchError';
  }
}
