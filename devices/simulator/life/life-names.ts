// The lives that simulated people lead, by name; what they do in them is weekly-life.ts's.

export const lifeNames = ['commuter', 'family', 'night-shift', 'retired'] as const
export type LifeName = (typeof lifeNames)[number]
