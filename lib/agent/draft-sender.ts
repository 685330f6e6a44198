import type { AgentClock } from './agent-clock.ts';
import type { MessageEvent } from './agent-event.ts';
import type { SendOutcome } from './send-batch.ts';

/** A message that is being written; its time and agent are filled in where they are missing. */
export type TrackedDraft = Pick<MessageEvent, 'session' | 'role' | 'kind' | 'toolName'> & {
  /** That the finished message will be tracked with. */
  readonly id: string;
  /** All of the text so far, not what came since the last draft. */
  readonly content: string;
  readonly agent?: string | undefined;
  readonly ts?: string | undefined;
};

export type DraftSenderOptions = {
  readonly agent: string;
  readonly perSecondMax: number;
  readonly clock: AgentClock;
  /** Posts lines of JSON; never throws. */
  readonly send: (lines: readonly string[]) => Promise<SendOutcome>;
};

/** Sessions of which the newest draft is kept until it is sent; past it the oldest goes. */
const sessionsMax = 100;
/** Of a longer text only the end is sent: the app shows no more. */
const charactersMax = 100_000;
/** While the app does not answer, it is not asked for so long. */
const pauseMs = 5_000;

/**
 * Sends what is being written, so many times a second at most, one request at a time and of each session the newest.
 * Nothing is kept, repeated or waited for: a draft is worth nothing once a newer one is there.
 */
export class DraftSender {
  readonly #options: DraftSenderOptions;
  readonly #waiting = new Map<string, TrackedDraft & { readonly ts: string }>();
  #cancelTimer: (() => void) | null = null;
  #isSending = false;
  #isClosed = false;
  #nextAtMs = Number.NEGATIVE_INFINITY;
  #sent = 0;
  #dropped = 0;

  constructor(options: DraftSenderOptions) {
    this.#options = options;
  }

  /** Takes a draft in place of the session's one before; at once, never throws. */
  put(draft: TrackedDraft): void {
    if (this.#isClosed) return;
    const ts = draft.ts ?? new Date(this.#options.clock.now()).toISOString();
    this.#waiting.delete(draft.session);
    this.#waiting.set(draft.session, { ...draft, ts });
    if (this.#waiting.size > sessionsMax) {
      const [oldest] = this.#waiting.keys();
      if (oldest !== undefined) this.#waiting.delete(oldest);
      this.#dropped++;
    }
    this.#schedule();
  }

  /** Its message is there: the draft that waits need not be sent. */
  settle(session: string, id: string): void {
    if (this.#waiting.get(session)?.id === id) this.#waiting.delete(session);
  }

  /** `dropped`: those that could not be sent, not those that a newer one replaced. */
  report(): { readonly sent: number; readonly dropped: number } {
    return { sent: this.#sent, dropped: this.#dropped };
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer?.();
    this.#waiting.clear();
  }

  #schedule(): void {
    if (this.#cancelTimer !== null || this.#isSending || this.#isClosed || this.#waiting.size === 0) return;
    const delayMs = Math.max(0, Math.ceil(this.#nextAtMs - this.#options.clock.elapsed()));
    const begin = () => {
      this.#cancelTimer = null;
      void this.#send();
    };
    this.#cancelTimer = this.#options.clock.after(delayMs, begin, { background: true });
  }

  async #send(): Promise<void> {
    const lines = [...this.#waiting.values()].flatMap((draft) => this.#write(draft));
    this.#waiting.clear();
    if (lines.length === 0) return;
    this.#isSending = true;
    this.#nextAtMs = this.#options.clock.elapsed() + 1_000 / this.#options.perSecondMax;
    const outcome = await this.#options.send(lines);
    this.#isSending = false;
    if (outcome.kind === 'stored') this.#sent += lines.length - outcome.rejected.length;
    this.#dropped += outcome.kind === 'stored' ? outcome.rejected.length : lines.length;
    if (outcome.kind === 'retry' || outcome.kind === 'misconfigured') {
      const afterMs = outcome.kind === 'retry' ? (outcome.afterMs ?? pauseMs) : pauseMs;
      this.#nextAtMs = this.#options.clock.elapsed() + Math.max(pauseMs, afterMs);
    }
    this.#schedule();
  }

  #write({ content, ...draft }: TrackedDraft): readonly string[] {
    try {
      const text = content.length > charactersMax ? content.slice(-charactersMax).toWellFormed() : content;
      const agent = draft.agent ?? this.#options.agent;
      return [JSON.stringify({ type: 'message', ...draft, agent, content: text, partial: true })];
    } catch {
      // A host without types gave something that is no text.
      this.#dropped++;
      return [];
    }
  }
}
