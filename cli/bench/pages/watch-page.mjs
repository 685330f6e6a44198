// Runs in the page, before anything else of it. A file of its own, because what compiles our TypeScript adds
// calls to functions that the page does not have.
const seen = { lcpMs: 0, longestTaskMs: 0, shift: 0 };
Reflect.set(globalThis, '__seen', seen);

observe('largest-contentful-paint', (entry) => {
  seen.lcpMs = entry.startTime;
});
observe('longtask', (entry) => {
  seen.longestTaskMs = Math.max(seen.longestTaskMs, entry.duration);
});
observe('layout-shift', (entry) => {
  seen.shift += Number(Reflect.get(entry, 'value'));
});

/**
 * @param {string} type
 * @param {(entry: PerformanceEntry) => void} take
 */
function observe(type, take) {
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) take(entry);
  }).observe({ type, buffered: true });
}
