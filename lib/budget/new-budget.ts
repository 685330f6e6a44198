import { z } from 'zod';
import { parseInstant } from '#lib/time/parse-instant.ts';
import { isTimeZone } from '#lib/time/time-zone.ts';
import { sources } from '#lib/usage/source.ts';
import { alertRule } from './alert-rule.ts';
import { budgetPeriods } from './budget-calendar.ts';
import { countedTokens } from './counted-tokens.ts';

export const thresholdsDefault: readonly number[] = [50, 80, 100];
export const limitUsdMax = 9_000_000;
const quarterMs = 900_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused.
const control = /[\u0000-\u001f\u007f]/;
const text = (charactersMax: number) =>
  z
    .string()
    .trim()
    .min(1, 'Expected some text')
    .max(charactersMax)
    .refine(
      (value) => !control.test(value) && value.isWellFormed(),
      'Expected text without control characters',
    );

const pattern = text(200).describe('A name, or a pattern in which `*` stands for anything.');

/** Money as an exact decimal string. */
export const usdText = z
  .string()
  .regex(/^\d{1,7}(?:\.\d{1,12})?$/, 'Expected USD like "12.5"')
  .refine((value) => Number(value) <= limitUsdMax, `Expected at most ${limitUsdMax} USD`);

const quarterInstant = z
  .string()
  .refine((value) => {
    const instant = parseInstant(value);
    return instant !== null && instant.epochMs % quarterMs === 0 && instant.epochMs >= 0;
  }, 'Expected RFC 3339 on a whole quarter of an hour: 2026-12-01T00:00:00Z')
  .meta({ format: 'date-time' });

export const budgetScope = z
  .strictObject({
    agent: pattern.optional(),
    model: pattern.optional(),
    provider: pattern.optional(),
    source: z.enum(sources).optional(),
    session: pattern.optional(),
  })
  .describe('What it counts: all that fits every named part; without any, the whole project.');

const fields = z.strictObject({
  name: text(100),
  scope: budgetScope.default({}),
  limitUsd: usdText
    .refine((value) => /[1-9]/.test(value), 'Expected more than 0')
    .nullish()
    .describe('A decimal string.'),
  limitTokens: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).nullish(),
  countTokens: z
    .array(z.enum(countedTokens))
    .min(1)
    .max(countedTokens.length)
    .refine((list) => new Set(list).size === list.length, 'Expected each once')
    .default([...countedTokens])
    .describe('Which tokens the limit in tokens counts.'),
  period: z.enum(budgetPeriods),
  from: quarterInstant.nullish().describe('Of a span: its first instant.'),
  to: quarterInstant.nullish().describe('Of a span: its end, not included.'),
  timeZone: z.string().max(64).refine(isTimeZone, 'Expected an IANA time zone such as Europe/Berlin'),
  weekStart: z.number().int().min(1).max(7).default(1).describe('1 is Monday, 7 is Sunday.'),
  anchorDay: z
    .number()
    .int()
    .min(1)
    .max(31)
    .default(1)
    .describe('The day on which a month begins; in a shorter month its last day.'),
  thresholds: z
    .array(z.number().int().min(1).max(1_000))
    .max(20)
    .refine((list) => new Set(list).size === list.length, 'Expected each once')
    .default([...thresholdsDefault])
    .describe('Per cent of the limit at which an alert fires, once a window.'),
  rules: z.array(alertRule).max(10).default([]),
  hard: z.boolean().default(false).describe('Whether holds are refused when they do not fit.'),
  whenUnavailable: z
    .enum(['closed', 'open'])
    .default('closed')
    .describe('What a caller should do while the database is away; told in the 503.'),
  paused: z.boolean().default(false).describe('A paused budget counts, but neither refuses nor alerts.'),
});

type Fields = z.infer<typeof fields>;

/** `POST /api/budgets`, and what the form checks as one types. */
export const newBudget = fields.superRefine((budget, context) => {
  for (const [path, message] of contradictions(budget))
    context.addIssue({ code: 'custom', path: [path], message });
});

export type NewBudget = Readonly<z.output<typeof newBudget>>;
export type NewBudgetInput = z.input<typeof newBudget>;

/** `PATCH /api/budgets/{id}`: only what changes; the result is checked as a whole. */
export const budgetPatch = z.strictObject(
  Object.fromEntries(
    Object.entries(fields.shape).map(([name, field]) => [name, withoutDefault(field).optional()]),
  ) as {
    [Name in keyof Fields]: z.ZodOptional<z.ZodType<Fields[Name]>>;
  },
);
export type BudgetPatch = Readonly<z.output<typeof budgetPatch>>;

function withoutDefault(field: z.ZodType): z.ZodType {
  return field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : field;
}

function* contradictions(budget: Fields): Iterable<readonly [keyof Fields, string]> {
  if (budget.limitUsd == null && budget.limitTokens == null) {
    yield ['limitUsd', 'Expected a limit in USD or in tokens'];
  }
  if (budget.period !== 'span') {
    if (budget.from != null || budget.to != null) yield ['from', 'Only a span has a beginning and an end'];
    return;
  }
  const fromMs = instantMs(budget.from);
  const toMs = instantMs(budget.to);
  if (fromMs === null) yield ['from', 'A span needs its first instant'];
  if (toMs === null) yield ['to', 'A span needs its end'];
  if (fromMs !== null && toMs !== null && fromMs >= toMs)
    yield ['to', 'Expected the end after the beginning'];
}

function instantMs(value: string | null | undefined): number | null {
  return value == null ? null : (parseInstant(value)?.epochMs ?? null);
}
