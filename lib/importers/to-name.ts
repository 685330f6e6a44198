export { toName } from '#lib/ingest/to-name.ts';
