import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where each tool keeps its logs on this machine; also places of earlier versions and other names. */
export function standardPlaces(home: string, environment: Environment): readonly string[] {
  const claude = (environment['CLAUDE_CONFIG_DIR'] ?? '').split(',').filter((path) => path.trim() !== '');
  const codex = environment['CODEX_HOME']?.trim() || join(home, '.codex');
  const data = environment['XDG_DATA_HOME']?.trim() || join(home, '.local/share');
  const config = environment['XDG_CONFIG_HOME']?.trim() || join(home, '.config');
  const openclaw = environment['OPENCLAW_STATE_DIR']?.trim();
  return [
    ...(claude.length > 0 ? claude.map((path) => join(path.trim(), 'projects')) : []),
    join(home, '.claude/projects'),
    join(config, 'claude/projects'),
    join(codex, 'sessions'),
    join(codex, 'archived_sessions'),
    ...(openclaw ? [join(openclaw, 'agents')] : []),
    ...['.openclaw', '.clawdbot', '.moltbot'].map((name) => join(home, name, 'agents')),
    join(home, '.gemini/tmp'),
    join(data, 'opencode'),
  ];
}
