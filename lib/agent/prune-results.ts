import { actionOf } from './call-input.ts';
import type { ChatMessage, ToolCallFacts } from './chat-message.ts';
import { mapResultTexts } from './map-result-texts.ts';
import type { PruneReport } from './prune-report.ts';
import { type PruneResponseOptions, pruneResponse } from './prune-response.ts';
import { readMessage } from './read-message.ts';

export type PrunedResults<T> = { readonly messages: readonly T[]; readonly reports: readonly PruneReport[] };

export type PruneResultsOptions = Omit<PruneResponseOptions, 'seen' | 'toolName' | 'action'> & {
  /** Replace repeated results (default true). Not where the first may be left out afterwards. */
  readonly repeats?: boolean | undefined;
};

/**
 * `pruneResponse` over every tool result of a history, knowing the call that each answers. A result that
 * repeats one still in the history becomes a line. Messages that do not change stay the same objects.
 */
export function pruneResults<T extends ChatMessage>(
  messages: readonly T[],
  options: PruneResultsOptions = {},
): PrunedResults<T> {
  const reports: PruneReport[] = [];
  const prune = resultPruner(options, (report) => reports.push(report));
  return { messages: messages.map((message) => prune(message)), reports };
}

/** The same for a history that comes message by message: each is given once, in order. */
export function resultPruner(
  options: PruneResultsOptions,
  onPruned: (report: PruneReport) => void,
): <T extends ChatMessage>(message: T) => T {
  const seen = options.repeats === false ? undefined : new Map<string, string>();
  const calls = new Map<string, ToolCallFacts>();
  return (message) => {
    for (const call of readMessage(message).calls) calls.set(call.id, call);
    return mapResultTexts(message, ({ text, callId, toolName }) => {
      const call = calls.get(callId);
      const { content, report } = pruneResponse(text, {
        ...options,
        seen,
        toolName: toolName || call?.name,
        action: call === undefined ? undefined : actionOf(call),
      });
      if (report.changed) onPruned(report);
      return content;
    });
  };
}
