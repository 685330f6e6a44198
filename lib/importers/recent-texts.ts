const textsMax = 64;

/**
 * Tells a text that came lately by another channel: Codex writes what is said both as an event and as an item.
 */
export type RecentTexts = {
  /** True when the same text came lately by another channel; it is then paired off and forgotten. */
  isTwin(channel: string, text: string): boolean;
};

export function recentTexts(): RecentTexts {
  const recent: { readonly channel: string; readonly text: string }[] = [];
  return {
    isTwin: (channel, text) => {
      const head = `${text.length}:${text.slice(0, 500)}`;
      const twin = recent.findIndex((other) => other.channel !== channel && other.text === head);
      if (twin >= 0) {
        recent.splice(twin, 1);
        return true;
      }
      recent.push({ channel, text: head });
      if (recent.length > textsMax) recent.shift();
      return false;
    },
  };
}
