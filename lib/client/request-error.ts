/**
 * A refused or failed request to our own API. `code` is the problem document's stable code, or `unreachable`
 * when no answer came, or `unreadable` when the answer was not what the contract says.
 */
export class RequestError extends Error {
  readonly code: string;
  readonly status: number | null;

  constructor({ code, status, detail, cause }: RequestFailure) {
    super(detail, cause === undefined ? undefined : { cause });
    this.name = 'RequestError';
    this.code = code;
    this.status = status;
  }
}

type RequestFailure = {
  readonly code: string;
  /** The HTTP status; null when no answer came. */
  readonly status: number | null;
  /** One sentence for the person at the screen. */
  readonly detail: string;
  readonly cause?: unknown;
};
