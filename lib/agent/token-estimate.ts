const factorMin = 0.5;
const factorMax = 2;
/** How much one answer of the model moves the factor: a few calls settle it, one odd one does not. */
const weight = 0.3;

/**
 * Learns from the input tokens that a model reports how far the estimate is off for its tokenizer. The factor
 * stays between 0.5 and 2.
 */
export class TokenEstimate {
  #factor = 1;

  /** Multiply an estimate by this. */
  get factor(): number {
    return this.#factor;
  }

  /** Tells what a request was estimated at and what the model then counted. Zeros are ignored. */
  learn({ estimated, reported }: { readonly estimated: number; readonly reported: number }): void {
    if (!(estimated > 0) || !(reported > 0)) return;
    const seen = Math.min(factorMax, Math.max(factorMin, reported / estimated));
    this.#factor += (seen - this.#factor) * weight;
  }
}
