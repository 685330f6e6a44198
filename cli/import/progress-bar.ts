import { SingleBar } from 'cli-progress';
import type { ImportProgress } from './run-import.ts';

export type ProgressBar = {
  update(progress: ImportProgress): void;
  stop(): void;
};

const megabyte = 1e6;

/** A bar on the terminal with files, speed, events and time left; nothing where there is no terminal. */
export function progressBar(files: number, bytes: number): ProgressBar {
  if (!process.stderr.isTTY || files === 0) return { update: () => undefined, stop: () => undefined };
  const startedMs = performance.now();
  const bar = new SingleBar({
    format: '{bar} {percentage}%  {files}/{filesTotal} files  {speed} MB/s  {events} events  {left} left',
    hideCursor: true,
    stream: process.stderr,
    clearOnComplete: true,
    fps: 8,
    barsize: 24,
  });
  bar.start(bytes, 0, { files: 0, filesTotal: files, speed: '0.0', events: 0, left: '?' });
  return {
    update: (progress) => {
      const seconds = Math.max(0.001, (performance.now() - startedMs) / 1_000);
      const speed = progress.bytes / seconds;
      bar.update(Math.min(bytes, progress.bytes), {
        files: progress.files,
        speed: (speed / megabyte).toFixed(1),
        events: progress.events,
        left: speed === 0 ? '?' : duration((bytes - progress.bytes) / speed),
      });
    },
    stop: () => bar.stop(),
  };
}

function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  return whole < 3_600 ? `${Math.ceil(whole / 60)} min` : `${(whole / 3_600).toFixed(1)} h`;
}
