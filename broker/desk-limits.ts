// How much edge's desk keeps and tells; plain numbers, so that a page can state them too.

/** Kept of one device, and so what a page shows at most. */
export const messagesPerDeviceMax = 25
/** Of one payload: a dozen readings with all their signals, enough to see what a device says. */
export const payloadBytesKept = 4096
/** Of one receipt; how many there were is told besides. */
export const rejectionsKept = 20
/** A question for news waits this long at most, so that neither side holds a connection that is gone. */
export const newsWaitMsMax = 20_000
