import { type Fields, isFields } from './fields.ts';
import type { ImportSink } from './log-reader.ts';

/**
 * Hands a line that is a JSON object to `use`, and counts any other with its reason. What `use` cannot take
 * apart because it is nested for thousands of levels is counted too, rather than ending the import.
 */
export function parseLine(text: string, sink: ImportSink, use: (fields: Fields) => void): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (text.trim() !== '') sink.skip('not JSON');
    return;
  }
  if (!isFields(value)) {
    sink.skip('not an object');
    return;
  }
  try {
    use(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    sink.skip('nested too deeply');
  }
}

/** Hands a text that is a JSON object to `use`; false, and nothing done, for any other. */
export function tryLine(text: string, use: (fields: Fields) => void): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return false;
  }
  if (!isFields(value)) return false;
  use(value);
  return true;
}
