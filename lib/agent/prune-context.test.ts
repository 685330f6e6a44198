import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupMessages } from './message-units.ts';
import { pruneContext } from './prune-context.ts';
import {
  assistant,
  brokenPairs,
  call,
  result,
  system,
  type TestMessage,
  user,
  words,
} from './testing/chat.ts';

const tokensOf = (messages: readonly TestMessage[]) =>
  groupMessages(messages).facts.reduce((sum, fact) => sum + fact.tokens, 0);

/** 22 messages of 54,000 to 55,000 tokens, as a bot sent them for a short question. */
function heavyConversation(): readonly TestMessage[] {
  const past = Array.from({ length: 6 }, (_, index) => [
    user(words(200, index)),
    call(`c${index}`, 'read_file', { path: `src/${index}.ts` }),
    result(`c${index}`, words(8_600, index)),
  ]).flat();
  return [system(words(300)), ...past, user(words(300)), assistant(words(900)), user(words(400))];
}

describe('pruneContext', () => {
  test('the field case: 22 messages of 54,691 tokens come out under 4,000 with the last turn whole', () => {
    const messages = heavyConversation();
    expect(messages).toHaveLength(22);
    expect(tokensOf(messages)).toBeGreaterThan(50_000);
    const lines: string[] = [];
    const { messages: kept, report } = pruneContext(messages, { log: (line) => lines.push(line) });
    expect(tokensOf(kept)).toBeLessThanOrEqual(4_000);
    expect(report).toMatchObject({ lastTurnWhole: true, fits: true, tokensAfter: tokensOf(kept) });
    expect(report.percentLess).toBeGreaterThan(92);
    expect(kept[0]).toBe(messages[0]);
    expect(kept.at(-1)).toBe(messages.at(-1));
    expect(lines).toEqual([
      expect.stringMatching(/^context: 22 -> \d messages, 5\d{4} -> \d{4} tokens, 9\d(\.\d)? % less$/),
    ]);
  });

  test('the newest whole messages stay, and what stays begins with the user', () => {
    const chat = Array.from({ length: 10 }, (_, index) => [
      user(`u${index} it`),
      assistant(`a${index}`),
    ]).flat();
    const { messages } = pruneContext([...chat, user('and that?')]);
    expect(messages.map(({ content }) => content)).toEqual(['u8 it', 'a8', 'u9 it', 'a9', 'and that?']);
  });

  test('system messages stay however little room there is', () => {
    const { messages, report } = pruneContext([system(words(500)), user(words(900))], { tokensMax: 600 });
    expect(messages[0]?.content).toBe(words(500));
    expect(report).toMatchObject({ fits: true, lastTurnWhole: false });
  });

  test('a last turn that is too large is shortened, its newest round and question stay', () => {
    const rounds = Array.from({ length: 12 }, (_, index) => [
      call(`c${index}`, 'search', { q: index }),
      result(`c${index}`, words(2_000, index)),
    ]).flat();
    const { messages, report } = pruneContext([user('find it'), ...rounds], { tokensMax: 1_000 });
    expect(tokensOf(messages)).toBeLessThanOrEqual(1_000);
    expect(messages[0]?.content).toBe('find it');
    expect(messages.at(-1)?.tool_call_id).toBe('c11');
    expect(brokenPairs(messages)).toBe(0);
    expect(report.lastTurnWhole).toBe(false);
  });

  test('file contents of older turns are left out by name, those of the newest stay', () => {
    const file = words(600);
    const { messages, report } = pruneContext(
      [
        user('open it'),
        call('a', 'read_file', { path: 'src/a.ts' }),
        result('a', file),
        assistant('done with that'),
        user('and it again'),
        call('b', 'read_file', { path: 'src/b.ts' }),
        result('b', file),
      ],
      { messagesMax: 10 },
    );
    expect(messages.find(({ tool_call_id }) => tool_call_id === 'a')?.content).toMatch(
      /^\[The contents of src\/a\.ts/,
    );
    expect(messages.find(({ tool_call_id }) => tool_call_id === 'b')?.content).toBe(file);
    expect(report.filesLeftOut).toEqual(['src/a.ts']);
  });

  test('a question that stands alone gets less of the past than a dialogue', () => {
    const chat = Array.from({ length: 6 }, (_, index) => [user(`u${index}`), assistant(`a${index}`)]).flat();
    const alone = pruneContext([...chat, user('What is the capital of France?')]);
    const dialogue = pruneContext([...chat, user('What is the capital of France?')], { adaptive: false });
    expect([alone.report.kind, alone.messages.length]).toEqual(['question', 3]);
    expect(dialogue.messages.length).toBe(5);
  });

  test('property: pairs are never broken, order is kept, the limit holds, nothing is changed in place', () => {
    const part = fc.oneof(
      fc.nat(300).map((size) => [user(words(size + 1))]),
      fc.nat(300).map((size) => [assistant(words(size + 1))]),
      fc.tuple(fc.uuid(), fc.nat(3_000)).map(([id, size]) => [call(id, 'tool'), result(id, words(size + 1))]),
      fc.uuid().map((id) => [result(id, 'an orphan')]),
      fc.uuid().map((id) => [call(id, 'never answered')]),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 30 }),
        fc.integer({ min: 300, max: 6_000 }),
        (parts, tokensMax) => {
          const messages = [system('be brief'), ...parts.flat(), user('go on')];
          const before = JSON.stringify(messages);
          const { messages: kept, report } = pruneContext(messages, { tokensMax });
          expect(brokenPairs(kept)).toBe(0);
          expect(tokensOf(kept)).toBeLessThanOrEqual(tokensMax);
          expect(report.fits).toBe(true);
          expect(kept.at(-1)).toBe(messages.at(-1));
          expect(JSON.stringify(messages)).toBe(before);
        },
      ),
      { numRuns: 300 },
    );
  });
});
