/** The key with all scopes that the server under test is started with; it guards nothing else. */
export const adminKey = 'plimsoll-end-to-end-tests';
