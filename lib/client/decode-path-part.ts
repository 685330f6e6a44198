/** A path part as Next hands it over, decoded; null when its percent signs make no text. */
export function decodePathPart(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    // A hand-typed address such as /sessions/%E0: there is no such session.
    return null;
  }
}
