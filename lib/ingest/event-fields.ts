import { z } from 'zod';
import { parseInstant } from '#lib/time/parse-instant.ts';
import { isName, isStorableText } from './event-text.ts';
import { findFreeJsonFault } from './free-json.ts';

/** The fields that events are made of, for validation, types and the OpenAPI document alike. */

export const tokensMax = Number.MAX_SAFE_INTEGER;
/** Whole days that fit in the four bytes in which milliseconds are stored. */
export const durationMsMax = 24 * 86_400_000;
export const costUsdMax = 1_000_000;
export const attributeLimits = { keysMax: 64, depthMax: 8, bytesMax: 16_384 } as const;
export const gaugeLimits = { keysMax: 100, depthMax: 1, bytesMax: 16_384 } as const;

/** Tells an amount that is too large or too fine from a text that is no amount. */
const anyDecimalText = /^-?\d+(?:\.\d+)?$/;
const decimalText = /^\d{1,7}(?:\.\d{1,12})?$/;

export const nameField = z
  .string()
  .refine(isName, {
    error: '1 to 200 bytes of text without control characters',
    params: { code: 'bad_text' },
  })
  .meta({ description: '1 to 200 bytes of UTF-8 without control characters', minLength: 1, maxLength: 200 });

export const instantField = z
  .string()
  .refine((text) => parseInstant(text, { earliestMs: Number.NEGATIVE_INFINITY }) !== null, {
    error: 'an RFC 3339 time with an offset, like 2026-11-21T06:47:00.123Z, on a day that exists',
    params: { code: 'bad_format' },
  })
  .meta({ format: 'date-time', description: 'RFC 3339 with an offset' });

export const countField = z
  .number()
  .int()
  .min(0)
  .max(tokensMax)
  .meta({ description: 'An integer from 0 to 2^53-1' });

export const millisecondsField = z.number().min(0).max(durationMsMax).meta({
  description: 'Milliseconds from 0 to 24 days; a fraction is rounded',
});

/** True for an amount that becomes pico-USD: a decimal string, or a number, from 0 to 1,000,000. */
export function isCost(value: string | number): boolean {
  if (typeof value === 'number') return value >= 0 && value <= costUsdMax;
  return decimalText.test(value) && Number(value) <= costUsdMax;
}

export const costField = z
  .union([z.string(), z.number()])
  .superRefine((value, context) => {
    if (isCost(value)) return;
    const code = typeof value === 'number' || anyDecimalText.test(value) ? 'out_of_range' : 'bad_format';
    const message = 'USD from 0 to 1000000: a number, or a string like "0.0123" with at most 12 decimals';
    context.addIssue({ code: 'custom', message, params: { code } });
  })
  .meta({ description: 'USD as a decimal string (exact) or a number (rounded to 12 decimals)' });

export const errorField = z
  .string()
  .refine(isStorableText, {
    error: 'text without U+0000 and lone surrogates',
    params: { code: 'bad_text' },
  })
  .meta({ description: 'Cut to 4 KB' });

export const attributesField = freeObject(attributeLimits).meta({
  description: 'At most 64 keys, 8 levels and 16 KiB of JSON',
});

export const gaugesField = freeObject(gaugeLimits)
  .refine((gauges) => Object.values(gauges).every((value) => typeof value === 'number'), {
    error: 'numbers only',
    params: { code: 'wrong_type' },
  })
  .meta({ description: 'At most 100 names with a number each' });

/** Checked by hand rather than by `z.record`, which drops a member named `__proto__` without a word. */
function freeObject(limits: typeof attributeLimits | typeof gaugeLimits) {
  return z
    .custom<Readonly<Record<string, unknown>>>(isPlainObject, { error: 'an object' })
    .superRefine((value, context) => {
      const fault = findFreeJsonFault(value, limits);
      if (fault !== null) context.addIssue({ code: 'custom', message: fault, params: { code: 'bad_value' } });
    })
    .meta({ type: 'object' });
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
