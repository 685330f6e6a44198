import 'server-only';
import { openapiDocument } from '#lib/http/contract/openapi-document.ts';
import manifest from '../../package.json' with { type: 'json' };

let text: string | undefined;

/** The API's OpenAPI document as JSON text, made at the first asking. */
export function readOpenapi(): string {
  text ??= JSON.stringify(openapiDocument(manifest.version));
  return text;
}
