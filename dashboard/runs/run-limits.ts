// How much may be simulated from the page; plain numbers, so that the page can state them too.

/** Each device is a connection and some kilobytes; a larger fleet is for the terminal. */
export const vehiclesMax = 200
export const homesMax = 200
/** Fleets at once, over the installation: each is a process. */
export const runsAtOnceMax = 3
/** Switched on by hand at once, besides those of a scenario. */
export const faultsMax = 10
export const historyDaysMax = 30
/** Simulated seconds a second. */
export const speeds = [1, 60, 3600, 86_400] as const
/** Until then cleaning up can be taken back. */
export const removalUndoMs = 20_000
