import 'server-only';
import { z } from 'zod';
import { changedSessionsMax, changeTopics, type ProjectChange } from '#lib/live/project-change.ts';

export type ProjectChanges = Map<number, ProjectChange>;

export type LiveNote = {
  readonly origin: string;
  /** `all` when there was too much to write down. */
  readonly changes: ReadonlyMap<number, ProjectChange> | 'all';
};

/** Postgres refuses notifications of 8,000 bytes and more. */
const noteBytesMax = 7_900;

const note = z.strictObject({
  origin: z.string().max(100),
  changes: z.union([
    z.literal('all'),
    z.array(
      z.tuple([
        z.int(),
        z.array(z.enum(changeTopics)),
        z.union([z.literal('many'), z.array(z.string()).max(changedSessionsMax)]),
      ]),
    ),
  ]),
});

/** Changes as one notification; names are left out until it fits. */
export function writeLiveNote({ origin, changes }: { origin: string; changes: ProjectChanges }): string {
  const whole = [...changes].map(([projectId, { topics, sessions }]) => [projectId, topics, sessions]);
  const short = [...changes].map(([projectId, { topics }]) => [projectId, topics, 'many']);
  for (const form of [whole, short]) {
    const text = JSON.stringify({ origin, changes: form });
    if (Buffer.byteLength(text) <= noteBytesMax) return text;
  }
  return JSON.stringify({ origin, changes: 'all' });
}

/** Null for what is no note of ours: anybody who may connect to the database can notify. */
export function readLiveNote(text: string): LiveNote | null {
  const read = note.safeParse(parse(text));
  if (!read.success) return null;
  const { origin, changes } = read.data;
  if (changes === 'all') return { origin, changes };
  return {
    origin,
    changes: new Map(changes.map(([projectId, topics, sessions]) => [projectId, { topics, sessions }])),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
