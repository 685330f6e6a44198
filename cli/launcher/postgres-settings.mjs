/**
 * How the embedded server runs. Measured on the ingest path; `jit` costs more than it gives on queries of
 * milliseconds. The log never holds the values of a statement: they may be people's chats.
 */
export const postgresSettings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '256MB',
  wal_buffers: '32MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '10s',
  log_lock_waits: 'on',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
};
