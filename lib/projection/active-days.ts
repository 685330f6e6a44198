/** Before this many days with spend nothing is projected. */
export const activeDaysMin = 3;
/** Before this many a projection is of low confidence. */
export const activeDaysTrusted = 14;
