import { countAt, fieldsAt, numberAt, textAt } from '../fields.ts';
import { toName } from '../to-name.ts';
import { elapsedMs } from '../tool-clock.ts';
import { type ClaudeLine, claudeAgent, lineId } from './claude-assistant.ts';

const compactMsMax = 1_800_000;

/** Notes of the client itself: turns with their time, compactions, failed requests. */
export function noteSystem(line: ClaudeLine): void {
  const { fields, ts, session, sink } = line;
  const id = lineId(line, 0);
  const subtype = textAt(fields, 'subtype');
  const base = { type: 'operation', ts, agent: claudeAgent, session } as const;
  const durationMs = numberAt(fields, 'durationMs');
  if (subtype === 'turn_duration' && durationMs !== null && durationMs >= 0) {
    sink.emit({ ...base, id: toName(`claude:turn:${id}`), name: 'turn', kind: 'request', durationMs });
  }
  if (subtype === 'compact_boundary' || subtype === 'microcompact_boundary') noteCompaction(line, id);
  if (subtype === 'api_error') {
    const retryInMs = Math.max(0, numberAt(fields, 'retryInMs') ?? 0);
    const name = 'api error';
    sink.emit({
      ...base,
      id: toName(`claude:api:${id}`),
      name,
      kind: 'request',
      durationMs: retryInMs,
      status: 'error',
    });
  }
  const content = textAt(fields, 'content');
  if (content === null) return;
  sink.emit({ type: 'message', id, ts, agent: claudeAgent, session, role: 'system', kind: 'text', content });
}

function noteCompaction({ fields, ts, session, sink, lastTs }: ClaudeLine, id: string): void {
  const about = fieldsAt(fields, 'compactMetadata');
  const tokensBefore = countAt(about, 'preTokens');
  const tokensAfter = countAt(about, 'postTokens');
  // One that the client began by itself ran since the line before; one that was asked for waited for a person.
  const waited = about['trigger'] === 'auto' ? elapsedMs(lastTs, ts, compactMsMax) : null;
  sink.emit({
    type: 'operation',
    id: toName(`claude:compact:${id}`),
    ts,
    agent: claudeAgent,
    session,
    name: `compaction (${textAt(about, 'trigger')?.slice(0, 40).toWellFormed() ?? 'unknown'})`,
    kind: 'compact',
    durationMs: numberAt(about, 'durationMs') ?? waited ?? 0,
    ...(tokensBefore > 0 && { tokensBefore }),
    ...(tokensAfter > 0 && { tokensAfter }),
  });
}
