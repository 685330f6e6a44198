/** Where a browser keeps the zone that was chosen in it. */
export const timeZoneStorageKey = 'plimsoll-time-zone';
