import type { ChatMessage, MessageFacts } from './chat-message.ts';
import { readMessage } from './read-message.ts';

/** Messages that stay or go together: one alone, or tool calls with their results. */
export type MessageUnit = {
  /** Places in the history, ascending. */
  readonly indices: readonly number[];
  readonly tokens: number;
  /** A result without its call, or a call that was never answered: a provider would refuse the request. */
  readonly isBroken: boolean;
};

export type MessageUnits = {
  readonly facts: readonly MessageFacts[];
  /** In order of their first message; system messages are units of their own. */
  readonly units: readonly MessageUnit[];
  /** Where the last turn begins: its user's message. 0 when there is none. */
  readonly lastTurnStart: number;
};

type OpenUnit = { indices: number[]; tokens: number; waitingFor: Set<string> };

/** Groups a history so that no call is ever parted from its results. */
export function groupMessages(
  messages: readonly ChatMessage[],
  read: (message: ChatMessage) => MessageFacts = readMessage,
): MessageUnits {
  const facts = messages.map((message) => read(message));
  const units: OpenUnit[] = [];
  const unitOfCall = new Map<string, OpenUnit>();
  const orphans = new Set<OpenUnit>();
  let lastTurnStart = 0;

  for (const [index, fact] of facts.entries()) {
    if (fact.role === 'user') lastTurnStart = index;
    const known = fact.resultIds.map((id) => unitOfCall.get(id)).find((unit) => unit !== undefined);
    const unit = known ?? { indices: [], tokens: 0, waitingFor: new Set<string>() };
    unit.indices.push(index);
    unit.tokens += fact.tokens;
    for (const id of fact.resultIds) unit.waitingFor.delete(id);
    for (const call of fact.calls) {
      unit.waitingFor.add(call.id);
      unitOfCall.set(call.id, unit);
    }
    if (known !== undefined) continue;
    units.push(unit);
    if (fact.resultIds.length > 0) orphans.add(unit);
  }

  const last = units[units.length - 1];
  return {
    facts,
    lastTurnStart,
    units: units.map((unit) => ({
      indices: unit.indices,
      tokens: unit.tokens,
      // A call at the very end may be about to be answered.
      isBroken: orphans.has(unit) || (unit.waitingFor.size > 0 && unit !== last),
    })),
  };
}
