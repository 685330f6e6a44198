/** A draft that was not written for this long is not shown: whoever wrote it is gone. */
export const draftLife = '2 minutes';
