/** USD for a million tokens, exact decimal strings. */
export type RatesView = {
  readonly inputUsdPerMillion: string;
  readonly outputUsdPerMillion: string;
  readonly cacheReadUsdPerMillion: string;
  readonly cacheWrite5mUsdPerMillion: string;
  readonly cacheWrite1hUsdPerMillion: string;
};

/** A project's own dated rates. Null for `validFrom`: from the beginning; for `validTo`: until further notice. */
export type PriceOverrideView = RatesView & {
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly createdAt: string;
};

/** The rates that hold for a model now, and where they come from. */
export type RatesInForce = RatesView & {
  /** Dearer (or cheaper) rates for the whole call once its context is larger. */
  readonly tiers: readonly (RatesView & { readonly aboveContextTokens: number })[];
  /** A flat fee of each call. */
  readonly perRequestUsd: string;
  readonly origin: 'override' | 'genai-prices';
  readonly version: string;
  readonly matched: 'model' | 'normalised' | 'guessed-provider';
  /** Since when these rates hold; null when that is not known, or always. */
  readonly since: string | null;
};

/** A model that calls have named. */
export type PricedModel = {
  readonly provider: string;
  readonly model: string;
  readonly calls: number;
  readonly costUsd: string;
  readonly unpricedTokens: number;
  /** Null when nobody has priced it. */
  readonly rates: RatesInForce | null;
};

/** What `GET /api/prices` answers. */
export type PricesView = {
  readonly priceList: string;
  readonly overrides: readonly PriceOverrideView[];
  readonly models: readonly PricedModel[];
};

/** A model of the bundled list. */
export type ListedPrice = {
  readonly provider: string;
  readonly model: string;
  readonly name: string;
} & RatesView;

export type RepricedModel = {
  readonly provider: string;
  readonly model: string;
  readonly calls: number;
  readonly beforeUsd: string;
  readonly afterUsd: string;
  readonly unpricedTokensBefore: number;
  readonly unpricedTokensAfter: number;
};

/** What `POST /api/prices/reprice` answers: of the calls that were looked at, those whose cost changes. */
export type Repricing = {
  readonly dryRun: boolean;
  /** Calls that were looked at. */
  readonly calls: number;
  readonly changed: number;
  /** Of all calls that were looked at. */
  readonly beforeUsd: string;
  readonly afterUsd: string;
  readonly unpricedTokensBefore: number;
  readonly unpricedTokensAfter: number;
  /** Only those with calls that change, the largest difference first. */
  readonly models: readonly RepricedModel[];
  /** Null when all calls were looked at; else send it as `cursor` to go on. */
  readonly next: string | null;
};
