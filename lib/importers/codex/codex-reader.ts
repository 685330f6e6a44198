import type { Source } from '#lib/usage/usage-event.ts';
import { countAt, type Fields, fieldsAt, isFields, textAt } from '../fields.ts';
import type { MakeReader } from '../log-reader.ts';
import { parseLine } from '../parse-line.ts';
import { recentTexts } from '../recent-texts.ts';
import { toName } from '../to-name.ts';
import { toolClock } from '../tool-clock.ts';
import { noteCodexItem } from './codex-items.ts';
import { type CodexSession, codexAgent } from './codex-session.ts';
import { isSameTotals, noTotals, readTotals, usedSince } from './codex-totals.ts';

const latencyMsMax = 3_600_000;

/**
 * Codex CLI rollouts. Every total is written twice, so calls are the differences between totals. A forked
 * session replays its parent's totals: calls are known by the first ancestor, their number and the total.
 */
export const codexReader: MakeReader = (file, sink, saved) => {
  const session = openSession(file.path, saved);
  const tools = toolClock(isFields(saved) ? saved['tools'] : null);
  const texts = recentTexts();
  /** Newer logs also have a record for each answer. It counts only where there are no totals. */
  const records: { readonly id: string; readonly ts: string; readonly usage: Fields }[] = [];

  function take(fields: Fields): void {
    const type = textAt(fields, 'type');
    const ts = textAt(fields, 'timestamp');
    const payload = fieldsAt(fields, 'payload');
    if (type === 'session_meta') {
      noteMeta(session, payload, file.rootOf);
      return;
    }
    if (type === null && textAt(fields, 'id') !== null && ts !== null && fields['payload'] === undefined) {
      // The first logs began with the bare description of the session.
      noteMeta(session, fields, file.rootOf);
      return;
    }
    if (ts === null) {
      sink.skip('without a time');
      return;
    }
    if (type === 'turn_context') {
      session.model = textAt(payload, 'model') ?? session.model;
      session.askedAt = ts;
    } else if (type === 'event_msg' && payload['type'] === 'token_count') noteTotals(payload, ts);
    else if (type === 'token_usage_record' || payload['type'] === 'token_usage_record')
      noteRecord(payload, ts);
    else if (type === 'response_item' || type === 'event_msg' || type === 'compacted') {
      noteCodexItem({ type, payload, ts, session, sink, tools, texts });
    } else sink.skip('unknown kind of line');
  }

  function noteTotals(payload: Fields, ts: string): void {
    const info = fieldsAt(payload, 'info');
    const now = readTotals(info['total_token_usage']);
    if (now === null || isSameTotals(now, session.totals)) return;
    const used = usedSince(session.totals, now, readTotals(info['last_token_usage']));
    session.totals = now;
    session.ordinal += 1;
    records.length = 0;
    const waitedMs = session.askedAt === null ? null : Date.parse(ts) - Date.parse(session.askedAt);
    sink.emit({
      type: 'usage',
      id: toName(`codex:${session.root}:${session.ordinal}:${now.input}.${now.cached}.${now.output}`),
      ts,
      agent: codexAgent,
      session: session.id,
      source: session.source,
      provider: session.provider,
      model: toName(textAt(info, 'model') ?? session.model ?? 'unknown'),
      inputTokens: used.input,
      cacheReadTokens: used.cached,
      outputTokens: used.output,
      reasoningTokens: used.reasoning,
      inputIncludesCache: true,
      ...(waitedMs !== null && waitedMs >= 0 && waitedMs <= latencyMsMax && { latencyMs: waitedMs }),
      ...(session.cwd !== null && { attributes: { cwd: session.cwd } }),
      onConflict: 'max',
    });
  }

  function noteRecord(payload: Fields, ts: string): void {
    if (session.ordinal > 0 || records.length >= 10_000) return;
    const usage = isFields(payload['usage']) ? payload['usage'] : payload;
    const id = textAt(payload, 'response_id') ?? textAt(payload, 'id') ?? ts;
    records.push({ id, ts, usage });
  }

  function emitRecords(): void {
    for (const { id, ts, usage } of records.splice(0)) {
      const used = readTotals(usage);
      if (used === null || used.input + used.output === 0) continue;
      sink.emit({
        type: 'usage',
        id: toName(`codex:response:${id}`),
        ts,
        agent: codexAgent,
        session: session.id,
        source: session.source,
        provider: session.provider,
        model: toName(textAt(usage, 'model') ?? session.model ?? 'unknown'),
        inputTokens: used.input,
        cacheReadTokens: used.cached,
        outputTokens: used.output,
        reasoningTokens: used.reasoning,
        inputIncludesCache: true,
        onConflict: 'max',
      });
    }
  }

  return {
    line: (text) => {
      session.line += 1;
      parseLine(text, sink, take);
    },
    flush: emitRecords,
    state: () => ({ ...session, tools: tools.state() }),
  };
};

function openSession(path: string, saved: unknown): CodexSession {
  const before: Fields = isFields(saved) ? saved : {};
  const name = path.slice(path.lastIndexOf('/') + 1);
  const id = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/.exec(name)?.[0] ?? name.replace(/\.jsonl.*$/, '');
  const totals = fieldsAt(before, 'totals');
  return {
    id: toName(textAt(before, 'id') ?? id),
    root: textAt(before, 'root') ?? toName(id),
    isOpened: before['isOpened'] === true,
    source: before['source'] === 'subagent' ? 'subagent' : 'direct',
    provider: textAt(before, 'provider') ?? 'openai',
    model: textAt(before, 'model'),
    cwd: textAt(before, 'cwd'),
    askedAt: textAt(before, 'askedAt'),
    line: countAt(before, 'line'),
    ordinal: countAt(before, 'ordinal'),
    totals: {
      ...noTotals,
      input: countAt(totals, 'input'),
      cached: countAt(totals, 'cached'),
      output: countAt(totals, 'output'),
      reasoning: countAt(totals, 'reasoning'),
    },
  };
}

/** Only the first description counts: a fork's replay brings its ancestors' along. */
function noteMeta(
  session: CodexSession,
  meta: Fields,
  rootOf: (session: string, forkedFrom: string) => string,
): void {
  if (session.isOpened) return;
  session.isOpened = true;
  session.id = toName(textAt(meta, 'id') ?? session.id);
  const forkedFrom = textAt(meta, 'forked_from_id');
  session.root = toName(forkedFrom === null ? session.id : rootOf(session.id, forkedFrom));
  session.source = isSubagent(meta) ? 'subagent' : 'direct';
  session.provider = toName(textAt(meta, 'model_provider') ?? 'openai');
  session.model = textAt(meta, 'model') ?? session.model;
  session.cwd = textAt(meta, 'cwd')?.slice(0, 1_000).toWellFormed().replaceAll('\0', '') ?? null;
}

function isSubagent(meta: Fields): Source | false {
  const { source } = meta;
  const named = textAt(meta, 'thread_source') ?? (typeof source === 'string' ? source : null);
  const isNamed = named !== null && /sub_?agent/i.test(named);
  return isNamed || (isFields(source) && source['subagent'] !== undefined) ? 'subagent' : false;
}
