import type { ChatMessage } from './chat-message.ts';
import { readMessage } from './read-message.ts';
import { type SessionMarker, writeMarker } from './session-marker.ts';
import { shrinkTurn } from './shrink-turn.ts';
import { messageBytes, type Round, selectNewest } from './split-history.ts';

export type HistoryWeight = { readonly bytes: number; readonly tokens: number };

export function weighHistory(messages: readonly ChatMessage[]): HistoryWeight {
  let bytes = 0;
  let tokens = 0;
  for (const message of messages) {
    bytes += messageBytes(message);
    tokens += readMessage(message).tokens;
  }
  return { bytes, tokens };
}

export type HeldHistory<T> = { readonly messages: readonly T[]; readonly leftOut: number };

/** Leaves out the oldest rounds until the rest is under the limits; then shortens the newest turn itself. */
export function holdHistory<T extends ChatMessage>(input: {
  readonly system: readonly T[];
  readonly rounds: readonly Round<T>[];
  readonly marker: SessionMarker;
  /** Messages that are gone already besides those that the marker counts. */
  readonly brokenCount: number;
  readonly limits: { readonly bytesMax: number; readonly tokensMax: number };
  readonly makeMessage: (text: string) => T;
}): HeldHistory<T> {
  const { system, marker, limits } = input;
  const markerFor = (leftOut: number): readonly T[] =>
    marker.summedUp + marker.leftOut + leftOut === 0
      ? []
      : [input.makeMessage(writeMarker({ ...marker, leftOut: marker.leftOut + leftOut }))];
  const fixed = weighHistory([...system, ...markerFor(999_999)]);
  const room = {
    bytesMax: Math.max(0, limits.bytesMax - fixed.bytes),
    tokensMax: Math.max(0, limits.tokensMax - fixed.tokens),
  };
  const { kept, left } = selectNewest(input.rounds, { ...room, turnsMax: Number.POSITIVE_INFINITY });
  const leftOut = input.brokenCount + count(left);
  const newest = kept.flatMap(({ messages }) => messages);
  const weight = weighHistory(newest);
  if (weight.bytes <= room.bytesMax && weight.tokens <= room.tokensMax) {
    return { messages: [...system, ...markerFor(leftOut), ...newest], leftOut };
  }
  const shrunk = shrinkTurn(newest, room).messages;
  const gone = leftOut + newest.length - shrunk.length;
  return { messages: [...system, ...markerFor(gone), ...shrunk], leftOut: gone };
}

function count(rounds: readonly Round<unknown>[]): number {
  return rounds.reduce((sum, { messages }) => sum + messages.length, 0);
}
