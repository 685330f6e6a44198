/** The ranges that have a name; all of them end now. */
export const rangeNames = ['today', '24h', '7d', '30d', 'month'] as const;
export type RangeName = (typeof rangeNames)[number];
